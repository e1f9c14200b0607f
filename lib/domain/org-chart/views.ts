import type { DirectorySourceView } from "@/lib/domain/individuals/list-directory";
import type { OrgIssue } from "./build-org-tree";

/** Somebody in the chart; plain values, for it travels as JSON too. */
export interface OrgPersonView {
  id: string;
  name: string;
  title: string | null;
  department: string | null;
  isActive: boolean | null;
  /** The connection's provider, where there are several. */
  provider: string | null;
  /** Direct reports, and people below at any depth. */
  reports: number;
  below: number;
  issue: OrgIssue | null;
}

/** A stretch of somebody's direct reports, or of the tops. */
export interface OrgBranchView {
  parentId: string | null;
  offset: number;
  total: number;
  people: OrgPersonView[];
}

export interface OrgChartView {
  customerName: string;
  timeZone: string;
  now: Date;
  sources: DirectorySourceView[];
  /** People in the chart, and those who left and are not. */
  shown: number;
  hidden: number;
  /** Whether people who left are in it. */
  left: boolean;
  /** Branches that are open at first: the tops, and the way to `focus`. */
  branches: OrgBranchView[];
  /** The person whom the chart was asked for; null where there is none. */
  focus: string | null;
  /** People who name a manager and stand on top all the same, the first of each kind. */
  issues: { kind: OrgIssue; count: number; people: { id: string; name: string }[] }[];
}

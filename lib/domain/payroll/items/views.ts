import type { DirectorySourceView } from "@/lib/domain/individuals/list-directory";
import type { Box1Effect } from "../box1/rule";
import type { PayLine } from "../lines";

export type PayItemCategory = PayLine["category"];

/** An own type of an item, as it stands or stood. */
export interface ClassificationView {
  id: string;
  mappedType: string;
  mappedLabel: string;
  mappedPreTax: boolean | null;
  effectiveFrom: string | null;
  effectiveTo: string | null;
  note: string | null;
  version: number;
  updatedAt: Date;
  /** Null while it applies. */
  removedAt: Date | null;
}

/** One distinct name of lines, of one category and one type of Finch's. */
export interface PayItemView {
  category: PayItemCategory;
  /** Null for lines without a name. */
  name: string | null;
  finchType: string | null;
  finchLabel: string | null;
  /** Flags that its lines have; empty where it is no deduction. */
  flags: ("pre-tax" | "not pre-tax" | "not provided")[];
  lines: number;
  /** The first and last day on which it was paid, and the first on which it is scheduled. */
  firstSeen: string | null;
  lastSeen: string | null;
  nextSeen: string | null;
  /** Has a type that says something: Finch's, or an own one in force today. */
  classified: boolean;
  /** What it does to box 1 as things stand today; one for each flag. */
  effects: Box1Effect[];
  current: ClassificationView | null;
  /** Others: of other dates, and removed ones. */
  others: ClassificationView[];
}

export interface PayItemsView {
  customerName: string;
  timeZone: string;
  now: Date;
  /** ISO day in the employer's zone. */
  today: string;
  sources: DirectorySourceView[];
  /** Null where no connection is there. */
  source: (DirectorySourceView & { hasPayroll: boolean }) | null;
  all: number;
  open: number;
  matching: number;
  page: number;
  pages: number;
  items: PayItemView[];
  mayClassify: boolean;
  mayChangeRules: boolean;
}

/** What a change does to one year, in one currency. */
export interface YearEffectView {
  /** 0 for undated lines. */
  year: number;
  /** W-2 forms of it may have been issued. */
  closed: boolean;
  currency: string;
  lines: number;
  people: number;
  amountCents: bigint;
  /** Of all lines of the item in the year, before yearly limits; null in other currencies than US dollars. */
  box1: { before: Range; after: Range } | null;
}

interface Range {
  lowCents: bigint;
  highCents: bigint;
}

/** What lines count as. */
export interface TypeView {
  /** Null: no type at all. */
  label: string | null;
  /** Deductions: null leaves what Finch says. */
  preTax: boolean | null;
}

export interface ClassificationPreview {
  /** Which days change from what to what; empty where nothing does. */
  changes: {
    ranges: Pick<ClassificationView, "effectiveFrom" | "effectiveTo">[];
    /** Lines without a pay date too. */
    undated: boolean;
    before: TypeView;
    after: TypeView;
  }[];
  years: YearEffectView[];
  /** Years before this one that are touched. */
  closedYears: number[];
}

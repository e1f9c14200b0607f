import type { DirectorySourceView } from "@/lib/domain/individuals/list-directory";
import type { Field } from "@/lib/domain/individuals/field";
import type { Confidence, NotForetold, PayDateSource } from "@/lib/domain/payroll/calendar/group-calendar";

/** A date of a calendar: the employer's own, scheduled at the provider, or expected. */
export interface PayDateView {
  payDate: string;
  source: PayDateSource;
  /** The holiday, or "weekend", that moved an expected date. */
  movedBy: string | null;
  /** The entry behind it; null where it is nobody's. */
  entry: {
    id: string;
    version: number;
    /** Day and time of the close as entered, in the employer's zone. */
    closesOn: string | null;
    closesTime: string | null;
  } | null;
  payPeriodStart: string | null;
  payPeriodEnd: string | null;
  close: {
    at: Date;
    /** Counted back from the pay date, not entered. */
    estimated: boolean;
    /** Changes that are sent later may miss the run (DOMAIN §2). */
    changesUntil: Date;
  };
}

/** A date of the past on which a run should have been, and is not in what the provider gave. */
export interface MissingPayDate {
  payDate: string;
  source: PayDateSource;
}

/** A date of the past that the employer entered, confirmed, or said to be without a run. */
export interface PastPayDate {
  id: string;
  version: number;
  payDate: string;
  source: string;
}

export interface PayGroupView {
  /** The pay group's id, or the connection's where it has no pay groups. */
  id: string;
  payGroupId: string | null;
  source: DirectorySourceView;
  entity: string | null;
  name: Field<string>;
  /** As the provider gives them: more than one is ambiguous. */
  frequencies: Field<string[]>;
  members: Field<number>;
  nextPayDate: PayDateView | null;
  confidence: Confidence | null;
  /** Why nothing is expected. */
  reason: NotForetold | null;
  lastPayDate: string | null;
}

export interface PayGroupsView {
  customerName: string;
  timeZone: string;
  now: Date;
  today: string;
  sources: DirectorySourceView[];
  /** Connections whose payments were not shared. */
  withoutPayments: Pick<DirectorySourceView, "id" | "providerName">[];
  groups: PayGroupView[];
}

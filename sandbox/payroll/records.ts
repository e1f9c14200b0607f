import type Finch from "@tryfinch/finch-api";
import type { PayFacts } from "@/sandbox/payroll/profile";

export type Payment = Finch.HRIS.Payment;
export type PayStatement = Finch.HRIS.PayStatement;
export type PayFrequency = NonNullable<Payment["pay_frequencies"]>[number];
export type Category = Finch.HRIS.PayStatementItemListResponse["category"];

/** A pay group as a list shows it, with the people in it. */
export interface PayGroup {
  id: string;
  name: string;
  pay_frequencies: PayFrequency[];
  individual_ids: string[];
}

/** A line that occurred on some statement: what `GET /employer/pay-statement-item` lists. */
export interface LineName {
  category: Category;
  name: string;
  type: string | null;
  preTax: boolean | null;
  employer: boolean | null;
  /** The last pay date that it was seen on; null where it is only on undated payments. */
  lastSeen: string | null;
}

/** What is said about a payment in place of what was generated. Sums follow the statements unless given. */
export type PaymentChange = Partial<Omit<Payment, "id">>;

/** What is said about a statement in place of what was generated; any content, odd ones too. */
export type StatementChange = Partial<Omit<PayStatement, "individual_id">>;

/** Everything that was changed about one payment. */
export interface PaymentEdits {
  deleted: boolean;
  change: PaymentChange;
  /** Whole statements in place of generated ones, by individual; null removes one. */
  statements: Record<string, PayStatement | null>;
  /** Statements behind the generated ones. */
  more: PayStatement[];
  /** Only of payments that were added: all there is to know. */
  added: AddedPayment | null;
}

export interface AddedPayment {
  /** The order of adding. */
  ordinal: number;
  payment: Omit<
    Payment,
    "id" | "company_debit" | "gross_pay" | "net_pay" | "employer_taxes" | "employee_taxes"
  >;
}

/** A payment that differs from what the seed makes; `published` is what the last sync showed. */
export interface PaymentRow {
  paymentId: string;
  connectionId: string;
  entityId: string;
  working: PaymentEdits;
  published: PaymentEdits | null;
}

/** Why the statements of a payment are not given. Holds at once, without a sync. */
export interface StatementHold {
  paymentId: string;
  connectionId: string;
  /** 202 is Finch still fetching; others are errors of the item. */
  code: 202 | 404 | 500 | 502;
  /** Only pages that begin here or later. */
  fromOffset: number;
  /** How many answers it meets; null until lifted. */
  times: number | null;
  /** Ends by itself at this instant of the sandbox's clock; null does not. */
  until: string | null;
}

/** What pay depends on, from a day on. */
export interface PayVersion {
  /** Counts for pay dates after this day; null from the beginning. */
  after: string | null;
  facts: PayFacts;
}

/** The pay of a person that was written: earlier payments keep what they followed. */
export interface PayVersions {
  connectionId: string;
  entityId: string;
  individualId: string;
  /** The place behind the generated people; null for one of them. */
  added: number | null;
  versions: PayVersion[];
}

/** A rule that labels pay statement items of one entity. */
export interface Rule {
  id: string;
  connectionId: string;
  entityId: string;
  /** Where two rules say different things, the lower number wins. */
  priority: number;
  createdAt: string;
  updatedAt: string;
  effectiveStart: string | null;
  effectiveEnd: string | null;
  conditions: { field: string; operator: "equals"; value: string }[];
  metadata: Record<string, unknown>;
}

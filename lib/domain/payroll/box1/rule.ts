import type { PayLine } from "../lines";
import type { LimitKey } from "../limits/irs-limits";

export type Box1Effect =
  /** Added. */
  | "in"
  /** Neither added nor taken away. */
  | "out"
  /** Taken away from taxable earnings. */
  | "subtract"
  /** Taken away up to the year's limit, or the month's. */
  | "subtract_to_limit"
  /** Stays in what was earned. Never added: it is part of the earnings already. */
  | "not_subtracted"
  /** Either: opens the range. */
  | "unknown";

export interface Box1Rule {
  id: string;
  category: PayLine["category"];
  /** Finch's types: a star stands for any text, null for a line without one, "any" for all that are left. */
  types: readonly (string | null)[] | "any";
  /** Of deductions: the flags that the rule is for. */
  preTax: readonly (boolean | null)[] | "any";
  /** The rule is for lines whose name matches. */
  name?: RegExp;
  effect: Box1Effect;
  /** Assumed by the rule and not said by the data; or only where the flag is missing. */
  assumed?: "always" | "without_flag";
  limit?: { key: LimitKey; per: "year" | "month" };
  /**
   * Numbers of the IRS's list (General Instructions for Forms W-2 and W-3, box 1) as Finch's guide "W-2 Box 1" has
   * them. They explain a line; they are never summed, which would count Roth and HSA twice.
   */
  criteria: readonly number[];
  reason: string;
  /** Said of a line whose type, flag or name contradict each other. */
  conflict?: { preTax?: boolean; name?: RegExp; text: string };
  /** A type that only an own classification gives. */
  own?: boolean;
}

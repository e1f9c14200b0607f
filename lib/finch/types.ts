import type { DataAge } from "./outcome";

/** Finch's data in our own shapes. Null means that Finch gave null: "not provided by the provider". */

export type * from "./benefits/types";
export type * from "./connection/types";
export type * from "./payroll/types";
export type * from "./people/types";

/** An answer after scrub(), for raw_records: holds no SSN and no bank number. */
export type ScrubbedJson =
  string | number | boolean | null | ScrubbedJson[] | { [key: string]: ScrubbedJson };

/** Why one item of an answer gives nothing. */
export interface FinchItemError {
  /** HTTP-like code of the item; 0 where the answer left it out. */
  code: number;
  /** Finch's name of the error; `malformed` and `missing` are ours. */
  name: string | null;
  finchCode: string | null;
  message: string | null;
}

export type FinchItem<T> =
  | { individualId: string; kind: "ok"; data: T }
  | { individualId: string; kind: "pending" | "error"; error: FinchItemError };

/** An amount as Finch gives it: either part may be null. */
export interface FinchMoney {
  /** Minor units of the currency. */
  amountCents: bigint | null;
  /** As it came: `usd`, `USD`, null. */
  currency: string | null;
}

/** What is known of an answer as soon as its headers are there. */
export interface AnswerFacts {
  /** Finch-Request-Id. */
  requestId: string | null;
  age: DataAge;
}

/**
 * Takes the next part of a large answer: at most 1,000 items. Nothing more is read before the promise resolves;
 * what it throws ends the reading and passes through the call.
 */
export type ChunkHandler<T> = (items: T[], answer: AnswerFacts) => Promise<void>;

/** What a large answer held, once it was read to its end. */
export interface StreamEnd {
  /** Items that were handed over. */
  items: number;
  /** Items whose structure could not be read and that nobody was told of: with one, the answer is incomplete. */
  unreadable: number;
}

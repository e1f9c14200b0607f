import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PaymentsQuery } from "@/lib/domain/payroll/payments/payments-query";
import { statementStates } from "@/lib/format/pay-choices";
import { StatementsQuery } from "@/lib/domain/payroll/payments/statements-query";
import {
  hasPaymentsFilter,
  paymentsEntries,
  readPaymentsAddress,
  withoutPaymentsFilter,
} from "./payments-url";
import { readStatementsAddress, statementsEntries, type StatementsAddress } from "./statements-url";

const paymentId = crypto.randomUUID();
const id = fc.uuid();
const few = <T>(value: fc.Arbitrary<T>) => fc.uniqueArray(value, { maxLength: 4 });
/** What Finch's enums are made of; "none" stands for what it does not give. */
const value = fc.option(fc.stringMatching(/^[a-z_]{1,20}$/).filter((text) => text !== "none"));

const payments: fc.Arbitrary<PaymentsQuery> = fc.record({
  year: fc.option(fc.oneof(fc.integer({ min: 1900, max: 9999 }), fc.constant("all" as const))),
  groups: few(fc.option(id)),
  frequencies: few(value),
  states: fc.subarray([...statementStates]),
  kind: fc.option(fc.constantFrom("regular", "off_cycle")),
  connections: few(id),
  ascending: fc.boolean(),
  after: fc.option(id),
  before: fc.constant(null),
});

const statements: fc.Arbitrary<StatementsAddress> = fc.record({
  show: fc.constant("statements" as const),
  awaitedAfter: fc.constant(null),
  query: fc.record({
    search: fc.string({ maxLength: 40 }).map((text) => text.trim().replaceAll("\0", "")),
    methods: few(value),
    types: few(value),
    sort: fc.constantFrom("name", "gross", "net", "hours"),
    descending: fc.boolean(),
    after: fc.option(id),
    before: fc.constant(null),
    position: fc.constant(1),
  }),
});

const readBack = (entries: [string, string][]) =>
  Object.fromEntries(new URLSearchParams(new URLSearchParams(entries).toString()));
const typed = fc.dictionary(
  fc.constantFrom(
    "year",
    "group",
    "frequency",
    "state",
    "kind",
    "connection",
    "dir",
    "after",
    "before",
    "q",
    "method",
    "type",
    "sort",
    "n",
    "show",
    "from",
  ),
  fc.oneof(
    fc.string(),
    fc.constant("a\0b,c"),
    fc.string({ minLength: 3_000, maxLength: 3_100 }),
    fc.array(fc.string()),
  ),
);

describe("the addresses of payments and statements", () => {
  it("say the same after writing and reading", () => {
    fc.assert(
      fc.property(payments, (query) => {
        expect(readPaymentsAddress(readBack(paymentsEntries(query)))).toEqual(query);
      }),
    );
    fc.assert(
      fc.property(statements, (address) => {
        expect(readStatementsAddress(readBack(statementsEntries(address)))).toEqual(address);
      }),
    );
  });

  it("are queries that the domain takes, whatever somebody types", () => {
    fc.assert(
      fc.property(typed, (params) => {
        expect(PaymentsQuery.safeParse(readPaymentsAddress(params)).success).toBe(true);
        const { query } = readStatementsAddress(params);
        expect(StatementsQuery.safeParse({ ...query, paymentId }).success).toBe(true);
      }),
    );
  });

  it("are empty for the default state, and without filters nothing is filtered", () => {
    expect(paymentsEntries(readPaymentsAddress({}))).toEqual([]);
    expect(statementsEntries(readStatementsAddress({}))).toEqual([]);
    fc.assert(
      fc.property(payments, (query) => {
        expect(hasPaymentsFilter(withoutPaymentsFilter(query))).toBe(false);
      }),
    );
  });
});

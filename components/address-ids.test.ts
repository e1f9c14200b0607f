import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { readActivityAddress } from "./activity/activity-url";
import { readFleetAddress } from "./admin/admin-url";
import { readAuditAddress } from "./audit/audit-url";
import { readBreakGlassAddress } from "./break-glass/break-glass-url";
import { readConnectionAddress } from "./connections/connection-url";
import { readDirectoryAddress } from "./directory/directory-url";
import { readDocumentsAddress } from "./documents/documents-url";
import { readItemsAddress } from "./items/items-url";
import { readJobsAddress } from "./jobs/jobs-url";
import { readPayGroupAddress } from "./pay-groups/pay-group-url";
import { readPaymentsAddress } from "./payroll/payments-url";
import { readStatementsAddress } from "./payroll/statements-url";
import { readYtdAddress } from "./ytd/ytd-url";

/** An id in an address that the page's verb refuses would be an error page: every reader leaves it out instead. */

type Params = Record<string, string | string[] | undefined>;
/** Each with the names of its ids, and where one of several in a row may be. */
const readers: [string, (params: Params) => unknown, string[]][] = [
  ["requests", readActivityAddress, ["employer", "connection", "run"]],
  ["fleet", readFleetAddress, ["after"]],
  ["audit", readAuditAddress, ["employer"]],
  ["break-glass", readBreakGlassAddress, ["customer", "person"]],
  ["connection", readConnectionAddress, ["run"]],
  ["directory", readDirectoryAddress, ["manager", "connection", "after", "before"]],
  ["documents", readDocumentsAddress, ["person", "connection", "after", "before"]],
  ["items", readItemsAddress, ["connection"]],
  ["jobs", readJobsAddress, ["employer"]],
  ["pay group", readPayGroupAddress, ["after", "before"]],
  ["payments", readPaymentsAddress, ["group", "connection", "before"]],
  ["statements", readStatementsAddress, ["before"]],
  ["year to date", readYtdAddress, ["connection", "after", "before"]],
];

const looksLikeId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
function idsIn(value: unknown): string[] {
  if (typeof value === "string") return looksLikeId.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(idsIn) : [];
}

const part = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."019aF"), minLength: length, maxLength: length });
const oddId = fc.tuple(part(8), part(4), part(4), part(4), part(12)).map((parts) => parts.join("-"));

it.each(readers)("the address of %s lets no id through that a verb refuses", (_page, read, names) => {
  fc.assert(
    fc.property(fc.oneof(oddId, fc.uuid()), (id) => {
      const found = idsIn(read(Object.fromEntries(names.map((name) => [name, id]))));
      const isTaken = z.uuid().safeParse(id).success;
      expect(found).toEqual(isTaken ? names.map(() => id.toLowerCase()) : []);
    }),
    { numRuns: 300 },
  );
});

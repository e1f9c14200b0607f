import type { Tx } from "@/db/client";
import { clearItemErrors, upsertItemErrors, type ItemErrorValues } from "@/db/repositories/item-errors";
import {
  countAbsentEnrollments,
  markAbsentEnrollments,
  markEnrollmentErrors,
  settleEnrollments,
  upsertEnrollments,
} from "@/db/repositories/mirror-benefits";
import { resolvePeople } from "@/db/repositories/mirror-people";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { holdRows, resolveHold } from "@/db/repositories/sync-holds";
import {
  streamEnrollments,
  type FinchEnrollment,
  type FinchItem,
  type FinchOk,
  type StreamEnd,
} from "@/lib/finch";
import { inLease, type Held } from "../lease";
import { loadSuppressions } from "../suppressions";
import type { StepWork } from "../work";
import type { DetailRow } from "./details";

type Item = FinchItem<FinchEnrollment>;
type Failed = Extract<Item, { error: unknown }>;

/** Somebody who left the benefit while it was read is no error. */
const isEnrolled = (item: Item) => item.kind === "ok" || item.error.finchCode !== "enrollment_not_found";

/** Reads who is enrolled in a benefit and writes it in parts as it arrives. */
export function readEnrollments(work: StepWork, { id, finchId }: DetailRow, fetchedAt: Date) {
  return streamEnrollments(work.caller, work.token, { ...work.scope, benefitId: finchId }, (items) =>
    inLease(work.ctx, work.lease, (tx) => writeItems(tx, work, { id, finchId }, items, fetchedAt)),
  );
}

async function writeItems(
  tx: Tx,
  { scope }: StepWork,
  benefit: DetailRow,
  given: readonly Item[],
  fetchedAt: Date,
): Promise<void> {
  const isErased = await loadSuppressions(tx, scope);
  const items = given.filter((item) => isEnrolled(item) && !isErased(item.individualId));
  const people = await resolvePeople(
    tx,
    scope,
    items.map((item) => item.individualId),
    fetchedAt,
  );
  const idOf = (item: Item) => people.get(item.individualId) ?? "";
  const errorKey = (item: Item) => `${benefit.finchId}/${item.individualId}`;
  const good = items.filter((item) => item.kind === "ok");
  const bad = items.filter((item): item is Failed => item.kind !== "ok");
  const rows = good.map((item) => {
    const { raw: _raw, individualId: _finchId, annualMaximumCents, ...enrollment } = item.data;
    return {
      ...enrollment,
      individualId: idOf(item),
      annualMaximumCents: annualMaximumCents?.toString() ?? null,
    };
  });
  // A person twice in one answer would stop the whole write; the later one counts.
  const unique = [...new Map(rows.map((row) => [row.individualId, row])).values()];
  await upsertEnrollments(tx, scope, benefit.id, unique, fetchedAt);
  await upsertRawRecords(
    tx,
    scope,
    "enrollment",
    [
      ...new Map(
        good.map((item) => [errorKey(item), { finchId: errorKey(item), raw: item.data.raw }]),
      ).values(),
    ],
    fetchedAt,
  );
  await clearItemErrors(tx, scope, "benefits", good.map(errorKey), fetchedAt);
  const errors = [...new Map(bad.map((item) => [item.individualId, item])).values()];
  await markEnrollmentErrors(
    tx,
    scope,
    benefit.id,
    errors.map((item) => ({ individualId: idOf(item), error: item.error })),
    fetchedAt,
  );
  await upsertItemErrors(
    tx,
    scope,
    "benefits",
    errors.map((item) => ({ ...item.error, finchId: errorKey(item), individualId: idOf(item) })),
    fetchedAt,
  );
}

/**
 * Ends a complete answer: who is no longer in it has left the benefit. An empty one where people were enrolled is
 * held, and one with entries that could not be read takes nobody out.
 */
export async function endEnrollments(
  tx: Tx,
  { run }: Held,
  { scope }: StepWork,
  { id, finchId }: DetailRow,
  { data, requestId }: FinchOk<StreamEnd>,
  fetchedAt: Date,
): Promise<ItemErrorValues | void> {
  if (data.unreadable > 0) {
    const message = `${data.unreadable === 1 ? "1 enrollment" : `${data.unreadable} enrollments`} of it could not be read.`;
    const error = { finchId, code: 0, name: "malformed", finchCode: null, message };
    await settleEnrollments(tx, scope, id, { error });
    return error;
  }
  const rows = await countAbsentEnrollments(tx, scope, id, fetchedAt);
  const empty = { product: "benefits" as const, finchId, rows, runId: run.id, requestId };
  const isHeld = data.items === 0 && rows > 0 && !(await holdRows(tx, scope, empty));
  if (!isHeld) {
    await markAbsentEnrollments(tx, scope, id, fetchedAt);
    await resolveHold(tx, scope, "benefits", finchId);
  }
  await settleEnrollments(tx, scope, id, { readAt: fetchedAt });
}

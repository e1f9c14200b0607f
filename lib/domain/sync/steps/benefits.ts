import { inScope } from "@/db/client";
import { endEnrollmentsOfGone, settleEnrollments, upsertBenefits } from "@/db/repositories/mirror-benefits";
import { markOneGone, nextDetail } from "@/db/repositories/mirror-lists";
import { findProvider } from "@/db/repositories/providers";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { listBenefits, type FinchBenefit, type StreamEnd } from "@/lib/finch";
import type { StepCursor } from "../cursor";
import { inLease } from "../lease";
import { rememberUnsupported } from "../unsupported";
import type { Step, StepEnd, StepWork } from "../work";
import { canReadBenefits } from "./can-read-benefits";
import { mirrorDetails } from "./details";
import { endEnrollments, readEnrollments } from "./enrollments";
import { detailsWanted, mirrorList, withNote } from "./listed";

/** Mirrors deductions and contributions in one request, and who is enrolled in them in one for each. */
export const benefitsStep: Step = async (work) => {
  const readable = await inScope(
    work.ctx,
    async (tx) => canReadBenefits(work.connection, await findProvider(tx, work.connection.providerId)),
    { readOnly: true },
  );
  if (!readable) return skipUnreadable(work);
  const listed = await mirrorList<FinchBenefit>(work, {
    table: "benefits",
    product: "benefits",
    // Finch asks the provider at once: what has no date of its own is as old as the answer.
    isLive: true,
    fetch: () => listBenefits(work.caller, work.token, work.scope),
    write: async (tx, benefits, fetchedAt) => {
      const rows = benefits.map(({ id, raw: _raw, ...benefit }) => ({ finchId: id, ...benefit }));
      await upsertBenefits(tx, work.scope, rows, fetchedAt);
      const raws = benefits.map(({ id, raw }) => ({ finchId: id, raw }));
      await upsertRawRecords(tx, work.scope, "benefit", raws, fetchedAt);
    },
    afterDeletion: (tx, fetchedAt) => endEnrollmentsOfGone(tx, work.scope, fetchedAt),
  });
  if ("failure" in listed) return { end: "failed", failure: listed.failure };
  return withNote(await readEach(work, listed.cursor), listed.note);
};

/** What Finch's people write cannot be read back (DOMAIN 5.1): no request is spent on it. */
function skipUnreadable(work: StepWork): Promise<StepEnd> {
  const message = `Finch's team writes deductions at ${work.connection.providerName}; they cannot be read back.`;
  const outcome = "write_only";
  return inLease(work.ctx, work.lease, async (tx, { connection }) => {
    await rememberUnsupported(tx, connection, "benefits", { outcome, message, requestId: null });
    return { end: "skipped", outcome, message };
  });
}

function readEach(work: StepWork, cursor: StepCursor): Promise<StepEnd> {
  const { scope } = work;
  return mirrorDetails<StreamEnd>(work, cursor, {
    product: "benefits",
    part: "enrollments",
    nouns: ["deduction", "deductions"],
    next: (tx, afterId) => nextDetail(tx, scope, "benefits", detailsWanted(cursor), afterId),
    read: (row, fetchedAt) => readEnrollments(work, row, fetchedAt),
    write: (tx, held, row, answer, fetchedAt) => endEnrollments(tx, held, work, row, answer, fetchedAt),
    gone: async (tx, { id }, fetchedAt) => {
      await markOneGone(tx, scope, "benefits", id, fetchedAt);
      await endEnrollmentsOfGone(tx, scope, fetchedAt);
    },
    failed: (tx, { id }, error) => settleEnrollments(tx, scope, id, { error }),
  });
}

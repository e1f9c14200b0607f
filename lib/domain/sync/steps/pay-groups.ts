import { markOneGone, nextDetail } from "@/db/repositories/mirror-lists";
import { updatePayGroupMembers, upsertPayGroups } from "@/db/repositories/mirror-pay-groups";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { getPayGroup, listPayGroups, type FinchPayGroup, type ScrubbedJson } from "@/lib/finch";
import { loadSuppressions } from "../suppressions";
import type { Step, StepWork } from "../work";
import { mirrorDetails } from "./details";
import { detailsWanted, mirrorList, withNote } from "./listed";

/** Mirrors the pay groups in one request, and who is in them in one for each. */
export const payGroupsStep: Step = async (work) => {
  const listed = await mirrorList<FinchPayGroup>(work, {
    table: "pay_groups",
    product: null,
    fetch: () => listPayGroups(work.caller, work.token, work.scope),
    write: (tx, groups, fetchedAt) =>
      upsertPayGroups(
        tx,
        work.scope,
        groups.map(({ id, name, payFrequencies }) => ({ finchId: id, name, payFrequencies })),
        fetchedAt,
      ),
  });
  if ("failure" in listed) return { end: "failed", failure: listed.failure };
  return withNote(await readMembers(work, listed.cursor), listed.note);
};

function readMembers(work: StepWork, cursor: StepWork["cursor"]) {
  const { scope } = work;
  return mirrorDetails<FinchPayGroup>(work, cursor, {
    product: "pay_groups",
    part: "members",
    nouns: ["pay group", "pay groups"],
    next: (tx, afterId) => nextDetail(tx, scope, "pay_groups", detailsWanted(cursor), afterId),
    read: ({ finchId }) => getPayGroup(work.caller, work.token, { ...scope, payGroupId: finchId }),
    write: async (tx, _held, { id, finchId }, { data }, fetchedAt) => {
      const isErased = await loadSuppressions(tx, scope);
      const members = data.individualIds?.filter((member) => !isErased(member)) ?? null;
      await updatePayGroupMembers(tx, scope, id, members, fetchedAt);
      await upsertRawRecords(tx, scope, "pay_group", [{ finchId, raw: withoutMembers(data.raw) }], fetchedAt);
    },
    gone: (tx, { id }, fetchedAt) => markOneGone(tx, scope, "pay_groups", id, fetchedAt),
  });
}

/** Who is in a group stands beside it, without those who were erased. */
function withoutMembers(raw: ScrubbedJson): ScrubbedJson {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return raw;
  const { individual_ids: _members, ...rest } = raw;
  return rest;
}

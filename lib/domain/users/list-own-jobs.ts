import { z } from "zod";
import { inScope } from "@/db/client";
import type { GrantRow } from "@/db/repositories/grants";
import { findIndividual } from "@/db/repositories/individuals";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { formatDate } from "@/lib/format/dates";
import { selfContextOf, selfPairsOf, type SelfPair } from "./grants";
import { labelJobs, type JobFacts, type OwnJobView } from "./label-jobs";

const Entities = z.array(z.object({ name: z.string().nullish() })).catch([]);

/**
 * The own persons of somebody who has several; empty for everybody else. Each is read in a scope of its own, so that no
 * more is known of one than its owner sees there.
 */
export async function listOwnJobs(
  person: { id: string; email: string; name: string | null },
  grants: readonly GrantRow[],
): Promise<OwnJobView[]> {
  const pairs = selfPairsOf(grants);
  if (pairs.length < 2) return [];
  return labelJobs(await Promise.all(pairs.map((pair) => readFacts(person, grants, pair))));
}

async function readFacts(
  person: Parameters<typeof listOwnJobs>[0],
  grants: readonly GrantRow[],
  { individualId, customerId, customerName }: SelfPair,
): Promise<JobFacts> {
  const own = selfContextOf(person, grants, individualId);
  if (!own) throw new TypeError("The pair is not one of theirs");
  return inScope(
    own.ctx,
    async (tx) => {
      const [source] = await visibleSources(tx, own.ctx);
      const row = source && (await findIndividual(tx, customerId, individualId, [source.id]));
      const entities = Entities.parse(source?.entities ?? []);
      return {
        individualId,
        customerName,
        facts: [
          source?.providerName ?? null,
          entities.length === 1 ? (entities[0]?.name ?? null) : null,
          row?.title ?? null,
          row?.startDate ? `since ${formatDate(row.startDate)}` : null,
        ],
      };
    },
    { readOnly: true },
  );
}

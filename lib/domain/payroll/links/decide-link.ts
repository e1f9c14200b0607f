import { z } from "zod";
import { inScope } from "@/db/client";
import {
  countLinks,
  decideLink,
  findLink,
  listSuggestedPairs,
  type LinkState,
} from "@/db/repositories/individual-links";
import { listYtdPersons } from "@/db/repositories/ytd-facts";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { evidenceOf } from "./evidence";

export const DecideLinkInput = z.strictObject({
  individualId: z.uuid(),
  otherIndividualId: z.uuid(),
  /** confirm: one person. dismiss: two people. undo: takes either decision back. */
  decision: z.enum(["confirm", "dismiss", "undo"]),
  /** The version that the person saw; 0 where nobody had decided. */
  version: z.number().int().min(0),
});
export type DecideLinkInput = z.input<typeof DecideLinkInput>;

const states: Record<"confirm" | "dismiss" | "undo", LinkState> = {
  confirm: "confirmed",
  dismiss: "dismissed",
  undo: "undone",
};

/** Enough for every record of a company of 10,000 that changed its provider, twice. All of them are read at each look. */
const mostLinks = 25_000;

/** A link is across connections: nobody who sees only some of them decides on it. @throws DomainError FORBIDDEN */
export function requireAllConnections(ctx: CustomerContext): void {
  requirePermission(ctx, "payroll:manage");
  if (ctx.scope.connectionIds === "all") return;
  throw new DomainError("FORBIDDEN", "Only somebody who sees all connections can say who is one person.");
}

/**
 * Says that two records are one person, that they are not, or takes that back (DOMAIN 1.8). Never automatic; what
 * spoke for it is kept with the decision, without its values.
 * @throws DomainError FORBIDDEN, NOT_FOUND (person), CONFLICT (decided meanwhile, too many), INVALID (a record with itself)
 */
export async function decideOnLink(context: Context, raw: DecideLinkInput): Promise<{ state: LinkState }> {
  const ctx = requireCustomer(context);
  requireAllConnections(ctx);
  const input = DecideLinkInput.parse(raw);
  const pair = [input.individualId, input.otherIndividualId].map((id) => id.toLowerCase()).sort() as [
    string,
    string,
  ];
  if (pair[0] === pair[1]) throw new DomainError("INVALID", "These are one record, not two.");
  return inScope(ctx, async (tx) => {
    const { customerId } = ctx.scope;
    const visible = (await visibleSources(tx, ctx)).map(({ id }) => id);
    const people = await listYtdPersons(tx, customerId, pair);
    if (people.filter(({ connectionId }) => visible.includes(connectionId)).length < 2)
      throw notFound("person");
    const before = await findLink(tx, customerId, pair);
    if (input.decision === "undo" && (!before || before.state === "undone")) throw notFound("link");
    if (!before && (await countLinks(tx, customerId)) >= mostLinks)
      throw new DomainError(
        "CONFLICT",
        `There are ${mostLinks.toLocaleString("en-US")} decisions on pairs of records, and there can be no more. Change one that is there.`,
      );
    const [suggestion] = await listSuggestedPairs(tx, customerId, visible, { pair, limit: 1 });
    const state = states[input.decision];
    const isWritten = await decideLink(tx, {
      customerId,
      pair,
      state,
      evidence: suggestion ? evidenceOf(suggestion) : [],
      userId: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      version: input.version,
    });
    if (!isWritten)
      throw new DomainError(
        "CONFLICT",
        "Somebody else decided on these two meanwhile. Reload the page and look again.",
      );
    await recordAudit(
      tx,
      ctx,
      `individual_link.${input.decision}`,
      { type: "individuals", id: pair[0] },
      {
        other: pair[1],
        ...(before ? { before: before.state } : {}),
      },
    );
    return { state };
  });
}

import { inScope, type Tx } from "@/db/client";
import { findUserNames, readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import {
  listLinks,
  listLinkSides,
  listSuggestedPairs,
  type LinkRow,
  type LinkSideRow,
} from "@/db/repositories/individual-links";
import { listYtdUnits } from "@/db/repositories/ytd-facts";
import { can } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { displayName } from "@/lib/format/names";
import { requireAllConnections } from "./decide-link";
import { evidenceOf } from "./evidence";
import { seamOf, type Seam } from "./seam";

export interface LinkSideView {
  individualId: string;
  name: string | null;
  /** The reader may see pay and not who people are. */
  hidden: boolean;
  providerName: string;
  entityName: string | null;
  ein: string | null;
  employmentStatus: string | null;
  startDate: string | null;
  endDate: string | null;
  firstPayDate: string | null;
  lastPayDate: string | null;
  statements: number;
}

export interface LinkView {
  sides: [LinkSideView, LinkSideView];
  evidence: string[];
  seam: Seam;
  /** suggested | confirmed | dismissed | undone */
  state: string;
  /** 0 where nobody decided. */
  version: number;
  decidedByName: string | null;
  decidedAt: Date | null;
}

export interface LinksView {
  customerName: string;
  timeZone: string;
  now: Date;
  suggested: LinkView[];
  /** There are more suggestions than are shown. */
  hasMore: boolean;
  confirmed: LinkView[];
  /** Dismissed and undone ones, which can be decided again. */
  others: LinkView[];
}

/**
 * Records that are, or may be, one person: suggestions, decisions, with what speaks for each.
 * @throws DomainError FORBIDDEN (also for whoever sees some connections only), NOT_FOUND (employer)
 */
export async function listLinkSuggestions(context: Context): Promise<LinksView> {
  const ctx = requireCustomer(context);
  requireAllConnections(ctx);
  return inScope(ctx, (tx) => readLinks(tx, ctx), { readOnly: true });
}

/** Suggestions that are shown: deciding on them brings the next ones. */
const suggestedAtOnce = 500;

/** What somebody sees of a person who may see pay and not who people are: when they were paid. */
const unnamed = {
  ...{ name: null, hidden: true, entityName: null, ein: null },
  ...{ employmentStatus: null, startDate: null, endDate: null },
};

async function readLinks(tx: Tx, ctx: CustomerContext): Promise<LinksView> {
  const { customerId } = ctx.scope;
  const [sources, customer, now] = await Promise.all([
    visibleSources(tx, ctx),
    findCustomer(tx, customerId),
    readClock(tx),
  ]);
  if (!customer) throw notFound("employer");
  const visible = sources.map(({ id }) => id);
  const [links, found, units] = await Promise.all([
    listLinks(tx, customerId),
    listSuggestedPairs(tx, customerId, visible, { limit: suggestedAtOnce + 1 }),
    listYtdUnits(tx, customerId, visible, null),
  ]);
  const suggestions = found.slice(0, suggestedAtOnce);
  const ids = [...links, ...suggestions].flatMap((row) => [row.individualId, row.otherIndividualId]);
  const userIds = [...new Set(links.flatMap(({ decidedBy, undoneBy }) => undoneBy ?? decidedBy ?? []))];
  const [sides, users] = await Promise.all([
    listLinkSides(tx, customerId, [...new Set(ids)]),
    findUserNames(tx, userIds),
  ]);
  const toSide = (row: LinkSideRow): LinkSideView | null => {
    const source = sources.find(({ id }) => id === row.connectionId);
    const unit = units.find(
      (each) => each.connectionId === row.connectionId && each.entityId === row.entityId,
    );
    if (!source) return null;
    const { id, connectionId: _c, entityId: _e, firstName, lastName, preferredName, ...facts } = row;
    const shared = { individualId: id, providerName: source.providerName };
    if (!can(ctx, "individual:read", { connectionId: source.id })) return { ...facts, ...unnamed, ...shared };
    return {
      ...facts,
      ...shared,
      name: displayName({ first: firstName, last: lastName, preferred: preferredName }),
      hidden: false,
      entityName: unit?.legalName ?? null,
      ein: unit?.ein ?? null,
    };
  };
  const sideOf = new Map(sides.map((row) => [row.id, toSide(row)]));
  const toView = (
    pair: { individualId: string; otherIndividualId: string },
    rest: Pick<LinkView, "evidence" | "state" | "version" | "decidedByName" | "decidedAt">,
  ): LinkView[] => {
    const [a, b] = [sideOf.get(pair.individualId), sideOf.get(pair.otherIndividualId)];
    return a && b ? [{ sides: [a, b], seam: seamOf(a, b), ...rest }] : [];
  };
  const decided = (state: (link: LinkRow) => boolean) =>
    links.filter(state).flatMap((link) =>
      toView(link, {
        evidence: link.evidence,
        state: link.state,
        version: link.version,
        decidedByName: users.get(link.undoneBy ?? link.decidedBy ?? "") ?? null,
        decidedAt: link.undoneAt ?? link.decidedAt,
      }),
    );
  return {
    customerName: customer.name,
    timeZone: customer.timeZone,
    now,
    suggested: suggestions
      .flatMap((pair) =>
        toView(pair, {
          evidence: evidenceOf(pair),
          state: "suggested",
          version: 0,
          decidedByName: null,
          decidedAt: null,
        }),
      )
      .sort(({ sides: [a] }, { sides: [b] }) =>
        // They come in the order of names, which is not for everybody.
        a.hidden && b.hidden ? a.individualId.localeCompare(b.individualId) : 0,
      ),
    hasMore: found.length > suggestions.length,
    confirmed: decided(({ state }) => state === "confirmed"),
    others: decided(({ state }) => state !== "confirmed"),
  };
}

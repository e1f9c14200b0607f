import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { findConnection, type ConnectionRow } from "@/db/repositories/connections";
import { findUserNames, readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import {
  listItemNames,
  listItemRuleRows,
  listRuleChanges,
  type ItemRuleChangeRow,
  type ItemRuleRow,
} from "@/db/repositories/item-rules";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { toDirectorySource } from "@/lib/domain/individuals/list-directory";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { activeEntityIds } from "@/lib/domain/sync/plan";
import { findUnsupported } from "@/lib/domain/sync/unsupported";
import { chooseSource } from "../items/list-pay-items";
import { readConditions, readLabels } from "./rule-conditions";
import { ruleVersion } from "./rule-version";
import type { ItemRulesView, ItemRuleView, RuleChangeView, RuleSupport } from "./views";

export const ListItemRulesInput = z.strictObject({ connectionId: z.uuid().nullable().default(null) });
export type ListItemRulesInput = z.input<typeof ListItemRulesInput>;

/** connections.unsupported: reading rules is a step of the sync; writing them is no step. */
export const ruleWrites = "pay_statement_rules.write";
const namesInForm = 500;
const changesShown = 10;

/**
 * Finch's rules on the pay items of one connection, from the mirror, with what was asked of Finch lately.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer, connection)
 */
export async function listItemRules(context: Context, raw: ListItemRulesInput = {}): Promise<ItemRulesView> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:read");
  const { connectionId } = ListItemRulesInput.parse(raw);
  return inScope(ctx, (tx) => read(tx, ctx, connectionId), { readOnly: true });
}

async function read(tx: Tx, ctx: CustomerContext, wanted: string | null): Promise<ItemRulesView> {
  const { customerId } = ctx.scope;
  const customer = await findCustomer(tx, customerId);
  if (!customer) throw notFound("employer");
  const sources = await visibleSources(tx, ctx);
  const source = chooseSource(sources, wanted);
  const connection = source && (await findConnection(tx, customerId, source.id));
  const support = connection ? await supportOf(tx, connection) : { kind: "no_product" as const };
  const place = source && { customerId, connectionId: source.id };
  const mayChange = source !== null && can(ctx, "payroll:correct", { connectionId: source.id });
  const changes = place ? await listRuleChanges(tx, place, changesShown) : [];
  const names = await findUserNames(tx, [
    ...new Set(changes.flatMap(({ requestedBy }) => requestedBy ?? [])),
  ]);
  return {
    customerName: customer.name,
    timeZone: customer.timeZone,
    now: await readClock(tx),
    sources: sources.map(toDirectorySource),
    source: source && toDirectorySource(source),
    support,
    entities: entitiesOf(connection),
    rules: place ? (await listItemRuleRows(tx, place)).map(toRuleView) : [],
    changes: changes.map((row) => toChangeView(row, names)),
    names: place && mayChange ? await listItemNames(tx, place, namesInForm) : [],
    mayChange,
  };
}

/** Whether Finch lets rules be read and written at this connection, as far as that is known. */
export async function supportOf(tx: Tx, connection: ConnectionRow): Promise<RuleSupport> {
  if (!connection.products.includes("pay_statement")) return { kind: "no_product" };
  if (connection.actionNeededAt) return { kind: "action_needed" };
  const known =
    (await findUnsupported(tx, connection, ruleWrites)) ??
    (await findUnsupported(tx, connection, "pay_statement_rules"));
  return known
    ? { kind: "not_offered", message: known.message, requestId: known.requestId }
    : { kind: "supported" };
}

/** The entities that rules may be made for; one without an id where the connection has no several. */
export function entitiesOf(connection: ConnectionRow | null): { id: string; name: string | null }[] {
  const ids = activeEntityIds(connection?.entities);
  if (ids.length === 0) return [{ id: "", name: null }];
  const known: unknown[] = Array.isArray(connection?.entities) ? connection.entities : [];
  const nameOf = (id: string) => {
    const found = known.find(
      (entity) => typeof entity === "object" && entity !== null && "id" in entity && entity.id === id,
    );
    return typeof found === "object" && found !== null && "name" in found && typeof found.name === "string"
      ? found.name
      : null;
  };
  return ids.map((id) => ({ id, name: nameOf(id) }));
}

const toRuleView = (row: ItemRuleRow): ItemRuleView => ({
  id: row.finchRuleId,
  entityId: row.entityId,
  conditions: readConditions(row.conditions),
  labels: Object.entries(readLabels(row.attributes)).map(([key, value]) => ({ key, value })),
  priority: row.priority,
  effectiveStart: row.effectiveStartDate,
  effectiveEnd: row.effectiveEndDate,
  fetchedAt: row.fetchedAt,
  version: ruleVersion(row),
});

const kinds = ["create", "update", "delete"] as const;
const states = ["queued", "sending", "done", "failed", "unknown"] as const;

const toChangeView = (row: ItemRuleChangeRow, names: ReadonlyMap<string, string>): RuleChangeView => ({
  id: row.id,
  kind: kinds.find((kind) => kind === row.kind) ?? "update",
  state: states.find((state) => state === row.state) ?? "unknown",
  message: row.message,
  requestId: row.requestId,
  by: row.requestedBy === null ? null : (names.get(row.requestedBy) ?? "Former member"),
  at: row.createdAt,
});

import { callFinch } from "../http/call";
import type { FinchCaller, FinchToken } from "../caller";
import { tokenClient } from "../http/client";
import { entityQuery, type EntityScope } from "../entity";
import type { Outcome } from "../outcome";
import {
  reshapePayGroup,
  reshapePayGroups,
  reshapePayStatementItems,
  reshapePayStatementRules,
} from "./reshape";
import type { FinchPayGroup, FinchPayStatementItem, FinchPayStatementRule } from "./types";
import * as wire from "./wire";

/** The pay groups, without who is in them. */
export function listPayGroups(
  caller: FinchCaller,
  token: FinchToken,
  scope: EntityScope,
): Promise<Outcome<FinchPayGroup[]>> {
  return callFinch(caller, {
    endpoint: "GET /employer/pay-groups",
    token,
    schema: wire.payGroups,
    send: (options) => tokenClient(token).payroll.payGroups.list(entityQuery(scope), options),
    reshape: reshapePayGroups,
  });
}

/** One pay group with the ids of the people in it. */
export function getPayGroup(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { payGroupId: string },
): Promise<Outcome<FinchPayGroup>> {
  return callFinch(caller, {
    endpoint: "GET /employer/pay-groups/{pay_group_id}",
    token,
    schema: wire.payGroup,
    send: (options) =>
      tokenClient(token).payroll.payGroups.retrieve(query.payGroupId, entityQuery(query), options),
    reshape: reshapePayGroup,
  });
}

/** The distinct names of lines that Finch has seen on the connection, all of them: Finch has no pages here. */
export function listPayStatementItems(
  caller: FinchCaller,
  token: FinchToken,
  scope: EntityScope,
): Promise<Outcome<FinchPayStatementItem[]>> {
  return callFinch(caller, {
    endpoint: "GET /employer/pay-statement-item",
    token,
    schema: wire.payStatementItems,
    send: (options) => tokenClient(token).hris.payStatementItem.list(entityQuery(scope), options),
    reshape: reshapePayStatementItems,
  });
}

/** The rules that label lines, in Finch's order. */
export function listPayStatementRules(
  caller: FinchCaller,
  token: FinchToken,
  scope: EntityScope,
): Promise<Outcome<FinchPayStatementRule[]>> {
  return callFinch(caller, {
    endpoint: "GET /employer/pay-statement-item/rule",
    token,
    schema: wire.payStatementRules,
    send: (options) => tokenClient(token).hris.payStatementItem.rules.list(entityQuery(scope), options),
    reshape: reshapePayStatementRules,
  });
}

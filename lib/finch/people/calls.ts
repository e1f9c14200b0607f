import type { FinchCaller, FinchToken } from "../caller";
import { entityQuery, type EntityScope } from "../entity";
import { callFinch } from "../http/call";
import { tokenClient } from "../http/client";
import type { Outcome } from "../outcome";
import type { FinchItem } from "../types";
import { reshapeCompany } from "./reshape";
import { streamDirectory, streamEmployments, streamIndividuals } from "./stream";
import type {
  FinchCompany,
  FinchDirectoryEntry,
  FinchDirectoryPage,
  FinchEmployment,
  FinchIndividual,
} from "./types";
import * as wire from "./wire";

/** The company, its locations, departments and bank accounts (numbers as secrets). */
export function getCompany(
  caller: FinchCaller,
  token: FinchToken,
  scope: EntityScope,
): Promise<Outcome<FinchCompany>> {
  return callFinch(caller, {
    endpoint: "GET /employer/company",
    token,
    schema: wire.company,
    send: (options) => tokenClient(token).hris.company.retrieve(entityQuery(scope), options),
    reshape: reshapeCompany,
  });
}

/** One page of the directory as a whole. */
export async function listDirectoryPage(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { offset: number; limit?: number },
): Promise<Outcome<FinchDirectoryPage>> {
  const entries: FinchDirectoryEntry[] = [];
  const outcome = await streamDirectory(caller, token, query, async (chunk) => void entries.push(...chunk));
  if (outcome.kind !== "ok") return outcome;
  const { count, offset } = outcome.data;
  return { ...outcome, data: { entries, count, offset } };
}

/** Personal data of at most 10,000 people as a whole. */
export async function getIndividuals(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { individualIds: readonly string[]; includeSsn: boolean },
): Promise<Outcome<FinchItem<FinchIndividual>[]>> {
  const items: FinchItem<FinchIndividual>[] = [];
  const outcome = await streamIndividuals(caller, token, query, async (chunk) => void items.push(...chunk));
  return outcome.kind === "ok" ? { ...outcome, data: items } : outcome;
}

/** Employment and income of at most 10,000 people as a whole. */
export async function getEmployments(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { individualIds: readonly string[] },
): Promise<Outcome<FinchItem<FinchEmployment>[]>> {
  const items: FinchItem<FinchEmployment>[] = [];
  const outcome = await streamEmployments(caller, token, query, async (chunk) => void items.push(...chunk));
  return outcome.kind === "ok" ? { ...outcome, data: items } : outcome;
}

import { callFinch } from "../call";
import type { FinchCaller, FinchToken } from "../caller";
import { tokenClient } from "../client";
import { entityQuery, type EntityScope } from "../entity";
import type { Outcome } from "../outcome";
import { reshapeCompany, reshapeDirectory, reshapeEmployments, reshapeIndividuals } from "./reshape";
import type { FinchItem } from "../types";
import { batch } from "../wire";
import type { FinchCompany, FinchDirectoryPage, FinchEmployment, FinchIndividual } from "./types";
import * as wire from "./wire";

/** Finch's ceilings (API-SURFACE §4.2 to 4.4). */
export const directoryPageSize = 10_000;

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

/** One page of the directory, active and inactive people alike. */
export function listDirectoryPage(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { offset: number; limit?: number },
): Promise<Outcome<FinchDirectoryPage>> {
  return callFinch(caller, {
    endpoint: "GET /employer/directory",
    token,
    schema: wire.directory,
    send: (options) =>
      tokenClient(token).hris.directory.list(
        { ...entityQuery(query), offset: query.offset, limit: query.limit ?? directoryPageSize },
        options,
      ),
    reshape: reshapeDirectory,
  });
}

/** Personal data of at most 10,000 people; each item has an outcome of its own. */
export function getIndividuals(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { individualIds: readonly string[]; includeSsn: boolean },
): Promise<Outcome<FinchItem<FinchIndividual>[]>> {
  return callFinch(caller, {
    endpoint: "POST /employer/individual",
    token,
    schema: batch,
    send: (options) =>
      tokenClient(token).hris.individuals.retrieveMany(
        {
          ...entityQuery(query),
          requests: query.individualIds.map((id) => ({ individual_id: id })),
          ...(query.includeSsn ? { options: { include: ["ssn"] } } : {}),
        },
        options,
      ),
    reshape: reshapeIndividuals,
  });
}

/** Employment and income of at most 10,000 people; each item has an outcome of its own. */
export function getEmployments(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { individualIds: readonly string[] },
): Promise<Outcome<FinchItem<FinchEmployment>[]>> {
  return callFinch(caller, {
    endpoint: "POST /employer/employment",
    token,
    schema: batch,
    send: (options) =>
      tokenClient(token).hris.employments.retrieveMany(
        { ...entityQuery(query), requests: query.individualIds.map((id) => ({ individual_id: id })) },
        options,
      ),
    reshape: reshapeEmployments,
  });
}

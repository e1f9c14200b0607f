import type { FinchCaller, FinchToken } from "../caller";
import { entityQuery, type EntityScope } from "../entity";
import { tokenClient } from "../http/client";
import type { Outcome } from "../outcome";
import { streamElements } from "../stream/elements";
import type { ChunkHandler, FinchItem, StreamEnd } from "../types";
import { batchFrame, itemReader } from "../batch";
import { reshapeDirectoryEntry, reshapeEmployment, reshapeIndividual } from "./reshape";
import type { FinchDirectoryEnd, FinchDirectoryEntry, FinchEmployment, FinchIndividual } from "./types";
import * as wire from "./wire";

/** Finch's ceiling (API-SURFACE §4.2). */
export const directoryPageSize = 10_000;

/** One page of the directory, active and inactive people alike, read in parts. */
export function streamDirectory(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { offset: number; limit?: number },
  onEntries: ChunkHandler<FinchDirectoryEntry>,
): Promise<Outcome<FinchDirectoryEnd>> {
  return streamElements(
    caller,
    {
      endpoint: "GET /employer/directory",
      token,
      send: (options) =>
        tokenClient(token).hris.directory.list(
          { ...entityQuery(query), offset: query.offset, limit: query.limit ?? directoryPageSize },
          options,
        ),
      path: ["individuals"],
      frame: wire.directoryFrame,
      readElement({ json }) {
        const entry = wire.directoryEntry.safeParse(json);
        return entry.success ? reshapeDirectoryEntry(entry.data, json) : null;
      },
      end: ({ paging }, counts) => ({ ...counts, count: paging.count, offset: paging.offset ?? 0 }),
    },
    onEntries,
  );
}

/** Personal data of at most 10,000 people, read in parts; each item has an outcome of its own. */
export function streamIndividuals(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { individualIds: readonly string[]; includeSsn: boolean },
  onItems: ChunkHandler<FinchItem<FinchIndividual>>,
): Promise<Outcome<StreamEnd>> {
  return streamElements(
    caller,
    {
      endpoint: "POST /employer/individual",
      token,
      send: (options) =>
        tokenClient(token).hris.individuals.retrieveMany(
          {
            ...entityQuery(query),
            requests: query.individualIds.map((id) => ({ individual_id: id })),
            ...(query.includeSsn ? { options: { include: ["ssn"] } } : {}),
          },
          options,
        ),
      path: ["responses"],
      frame: batchFrame,
      readElement: itemReader(wire.individual, reshapeIndividual),
      end: (_frame, counts) => counts,
    },
    onItems,
  );
}

/** Employment and income of at most 10,000 people, read in parts; each item has an outcome of its own. */
export function streamEmployments(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { individualIds: readonly string[] },
  onItems: ChunkHandler<FinchItem<FinchEmployment>>,
): Promise<Outcome<StreamEnd>> {
  return streamElements(
    caller,
    {
      endpoint: "POST /employer/employment",
      token,
      send: (options) =>
        tokenClient(token).hris.employments.retrieveMany(
          { ...entityQuery(query), requests: query.individualIds.map((id) => ({ individual_id: id })) },
          options,
        ),
      path: ["responses"],
      frame: batchFrame,
      readElement: itemReader(wire.employment, reshapeEmployment),
      end: (_frame, counts) => counts,
    },
    onItems,
  );
}

import type { FinchCaller, FinchToken } from "../caller";
import type { EntityScope } from "../entity";
import type { Outcome } from "../outcome";
import type { ChunkHandler, FinchItem, StreamEnd } from "../types";
import { getEmployments, getIndividuals, listDirectoryPage } from "./calls";
import type { FinchDirectoryEnd, FinchDirectoryEntry, FinchEmployment, FinchIndividual } from "./types";

/** One page of the directory, active and inactive people alike, read in parts. */
export async function streamDirectory(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { offset: number; limit?: number },
  onEntries: ChunkHandler<FinchDirectoryEntry>,
): Promise<Outcome<FinchDirectoryEnd>> {
  const outcome = await listDirectoryPage(caller, token, query);
  if (outcome.kind !== "ok") return outcome;
  const { entries, count, offset } = outcome.data;
  await onEntries(entries, outcome);
  return { ...outcome, data: { items: entries.length, unreadable: 0, count, offset } };
}

/** Personal data of at most 10,000 people, read in parts; each item has an outcome of its own. */
export async function streamIndividuals(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { individualIds: readonly string[]; includeSsn: boolean },
  onItems: ChunkHandler<FinchItem<FinchIndividual>>,
): Promise<Outcome<StreamEnd>> {
  const outcome = await getIndividuals(caller, token, query);
  if (outcome.kind !== "ok") return outcome;
  await onItems(outcome.data, outcome);
  return { ...outcome, data: { items: outcome.data.length, unreadable: 0 } };
}

/** Employment and income of at most 10,000 people, read in parts; each item has an outcome of its own. */
export async function streamEmployments(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { individualIds: readonly string[] },
  onItems: ChunkHandler<FinchItem<FinchEmployment>>,
): Promise<Outcome<StreamEnd>> {
  const outcome = await getEmployments(caller, token, query);
  if (outcome.kind !== "ok") return outcome;
  await onItems(outcome.data, outcome);
  return { ...outcome, data: { items: outcome.data.length, unreadable: 0 } };
}

import type { FinchCaller, FinchToken } from "../caller";
import { entityQuery, type EntityScope } from "../entity";
import { tokenClient } from "../http/client";
import type { Outcome } from "../outcome";
import { streamFinch } from "../stream/stream-finch";
import type { StreamEnd } from "../types";
import { StatementReader, type StatementSink } from "./statement-reader";
import type { FinchStatementQuery } from "./types";

/** Finch's ceilings (API-SURFACE §4.6). */
export const statementPageSize = 5_000;
export const statementPagesPerRequest = 10;

/**
 * Statements of at most 10 pages of payments, each of at most 5,000, read in parts. Every page that was asked for
 * has one onPage with its own result, unless the whole call fails; what came before a break was handed over.
 */
export function streamPayStatements(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { pages: readonly FinchStatementQuery[] },
  sink: StatementSink,
): Promise<Outcome<StreamEnd>> {
  return streamFinch(caller, {
    endpoint: "POST /employer/pay-statement",
    token,
    send: (options) =>
      tokenClient(token).hris.payStatements.retrieveMany(
        {
          ...entityQuery(query),
          requests: query.pages.map(({ paymentId, offset, limit = statementPageSize }) => ({
            payment_id: paymentId,
            offset,
            limit,
          })),
        },
        options,
      ),
    open: (head) => new StatementReader(query.pages, sink, head),
  });
}

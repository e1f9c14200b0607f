import { z } from "zod";
import { callFinch } from "../http/call";
import type { FinchCaller, FinchToken } from "../caller";
import { tokenClient } from "../http/client";
import { entityQuery, type EntityScope } from "../entity";
import type { Outcome } from "../outcome";
import { part } from "../reshape";
import type { AnswerFacts, ChunkHandler, StreamEnd } from "../types";
import { reshapePayment, reshapePayStatement } from "./reshape";
import type { FinchPayment, FinchPayStatement, FinchStatementPage, FinchStatementQuery } from "./types";
import * as wire from "./wire";

/** Finch's ceilings (API-SURFACE §4.6). */
export const statementPageSize = 5_000;
export const statementPagesPerRequest = 10;

/** Payments whose pay date lies in the range, both ends included (YYYY-MM-DD), read in parts. */
export async function streamPayments(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { startDate: string; endDate: string },
  onPayments: ChunkHandler<FinchPayment>,
): Promise<Outcome<StreamEnd>> {
  const outcome = await callFinch(caller, {
    endpoint: "GET /employer/payment",
    token,
    schema: z.array(wire.payment),
    send: (options) =>
      tokenClient(token).hris.payments.list(
        { ...entityQuery(query), start_date: query.startDate, end_date: query.endDate },
        options,
      ),
    reshape: ({ wire: list, json }) =>
      list.map((payment, index) => reshapePayment(payment, part(json, index))),
  });
  if (outcome.kind !== "ok") return outcome;
  await onPayments(outcome.data, outcome);
  return { ...outcome, data: { items: outcome.data.length, unreadable: 0 } };
}

/** What becomes of an answer with statements. A promise that is pending holds the reading up. */
export interface StatementSink {
  /** At most 1,000 statements of one page, in Finch's order, before that page's onPage. */
  onStatements(
    page: { paymentId: string; offset: number },
    statements: FinchPayStatement[],
    answer: AnswerFacts,
  ): Promise<void>;
  onPage(page: FinchStatementPage, answer: AnswerFacts): Promise<void>;
}

/**
 * Statements of at most 10 pages of payments, each of at most 5,000, read in parts. Every page that was asked for
 * has one onPage with its own result, unless the whole call fails; what came before a break was handed over.
 */
export async function streamPayStatements(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { pages: readonly FinchStatementQuery[] },
  sink: StatementSink,
): Promise<Outcome<StreamEnd>> {
  const outcome = await callFinch(caller, {
    endpoint: "POST /employer/pay-statement",
    token,
    schema: z.object({
      responses: z.array(
        z.object({
          payment_id: z.string(),
          code: z.number(),
          body: z.object({
            paging: z.object({ count: z.number(), offset: z.number() }),
            pay_statements: z.array(wire.payStatement),
          }),
        }),
      ),
    }),
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
    reshape: ({ wire: { responses }, json }) =>
      responses.map(({ payment_id: paymentId, code, body }, at) => ({
        page: {
          paymentId,
          offset: body.paging.offset,
          kind: "ok" as const,
          code,
          count: body.paging.count,
          read: body.pay_statements.length,
          error: null,
        },
        statements: body.pay_statements.map((slip, index) =>
          reshapePayStatement(slip, part(json, "responses", at, "body", "pay_statements", index)),
        ),
      })),
  });
  if (outcome.kind !== "ok") return outcome;
  let items = 0;
  for (const { page, statements } of outcome.data) {
    items += statements.length;
    await sink.onStatements(page, statements, outcome);
    await sink.onPage(page, outcome);
  }
  return { ...outcome, data: { items, unreadable: 0 } };
}

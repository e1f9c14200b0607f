import { z } from "zod";
import type { FinchCaller, FinchToken } from "../caller";
import { entityQuery, type EntityScope } from "../entity";
import { tokenClient } from "../http/client";
import type { Outcome } from "../outcome";
import { streamElements } from "../stream/elements";
import type { ChunkHandler, StreamEnd } from "../types";
import { reshapePayment } from "./reshape";
import type { FinchPayment } from "./types";
import * as wire from "./wire";

/**
 * Payments whose pay date lies in the range, both ends included (YYYY-MM-DD), read in parts: each names everyone
 * who was paid, and Finch has no pages here.
 */
export function streamPayments(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { startDate: string; endDate: string },
  onPayments: ChunkHandler<FinchPayment>,
): Promise<Outcome<StreamEnd>> {
  return streamElements(
    caller,
    {
      endpoint: "GET /employer/payment",
      token,
      send: (options) =>
        tokenClient(token).hris.payments.list(
          { ...entityQuery(query), start_date: query.startDate, end_date: query.endDate },
          options,
        ),
      path: [],
      frame: z.array(z.unknown()),
      readElement({ json }) {
        const payment = wire.payment.safeParse(json);
        return payment.success ? reshapePayment(payment.data, json) : null;
      },
      end: (_frame, counts) => counts,
    },
    onPayments,
  );
}

import { inScope, type Tx } from "@/db/client";
import { insertApiRequest } from "@/db/repositories/api-requests";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import type { FinchCaller, FinchRequestRecord } from "@/lib/finch";
import { noteRefusal, waitingGate, type QuotaPriority } from "@/lib/quota";

/** How long a request may wait for a slot: a person looks at a button meanwhile, a job comes back later. */
const patienceMs = { web: 10_000, worker: 30_000 };

interface CallerOptions {
  connectionId?: string;
  syncRunId?: string;
  /** How long a request waits for a slot, in milliseconds. */
  patience?: number;
  /** A person's where left out: before all scheduled work. */
  priority?: QuotaPriority;
}

/**
 * A caller whose requests wait here for a slot and go before all scheduled work; each is written to the customer's
 * api_requests, in a transaction of its own. Where no slot comes in time the call throws DomainError RATE_LIMITED.
 */
export function finchCaller(ctx: Context, { patience, priority, ...about }: CallerOptions = {}): FinchCaller {
  const customer = requireCustomer(ctx);
  const { customerId } = customer.scope;
  return {
    ...about,
    gate: waitingGate({
      lane: about.connectionId ?? customerId,
      customerId,
      connectionId: about.connectionId ?? null,
      patienceMs: patience ?? patienceMs[ctx.role === "worker" ? "worker" : "web"],
      ...(priority === undefined ? {} : { priority }),
    }),
    record: (request) => recordRequest(customer, request),
  };
}

/** Writes down a request, together with what belongs to it; a 429 is told to the gate. */
export async function recordRequest(
  ctx: CustomerContext,
  request: FinchRequestRecord,
  also: (tx: Tx) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { customerId } = ctx.scope;
  await noteRefusal(request.endpoint, request.finchCode);
  await inScope(ctx, async (tx) => {
    await insertApiRequest(tx, { customerId, ...request });
    await also(tx);
  });
}

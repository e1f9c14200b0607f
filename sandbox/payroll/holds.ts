import type Finch from "@tryfinch/finch-api";
import type { World } from "@/sandbox/call";
import { FinchError, notFound } from "@/sandbox/errors";
import type { Connection } from "@/sandbox/records";

const failures = {
  404: (id: string) => notFound(`No payment with id ${id} found`, "payment_not_found"),
  500: () => new FinchError(500, "server_error", "Internal server error"),
  502: () =>
    new FinchError(502, "bad_gateway_error", "The provider could not be reached", "upstream_provider_error"),
} as const;

const fetching: Finch.HRIS.PayStatementDataSyncInProgress = {
  code: 202,
  name: "accepted",
  finch_code: "data_sync_in_progress",
  message: "The pay statements for this payment are being fetched. Please check back later.",
};

/** What is answered instead of a page of statements; null where nothing holds it back. Counts down. */
export function takeHold(world: World, connection: Connection, paymentId: string, offset: number) {
  const { statementHolds: holds } = world.store;
  const hold = holds.get(paymentId);
  if (hold?.connectionId !== connection.id || offset < hold.fromOffset) return null;
  if (hold.until !== null && hold.until <= world.clock.iso()) {
    holds.delete(paymentId);
    return null;
  }
  if (hold.times !== null && hold.times <= 1) holds.delete(paymentId);
  else if (hold.times !== null) holds.set(paymentId, { ...hold, times: hold.times - 1 });
  return hold.code === 202 ? fetching : failures[hold.code](paymentId);
}

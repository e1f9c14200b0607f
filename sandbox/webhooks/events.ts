import { isAssistedConnection, standingAccounts } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import type { Change, Happened } from "@/sandbox/changes";
import { companyIdOf } from "@/sandbox/entities";
import type { Connection } from "@/sandbox/records";

/** One of the two ways in which Finch writes an event: its OpenAPI document's or its guide's. */
type Shape = "document" | "guide";

export interface WebhookEvent {
  type: string;
  /** Whether the body has a second shape. */
  varies: boolean;
  body(shape: Shape): string;
}

/** Finch tells of data of automated connections only, and only after their first sync (Finch: Webhooks). */
function isTold(world: World, connection: Connection, change: Change): boolean {
  if (change.event === "account.updated" || change.event.startsWith("job.benefit_")) return true;
  if (isAssistedConnection(world, connection.id)) return false;
  return change.event.startsWith("job.") || connection.lastSyncedAt !== null;
}

/** `2023-10-23` as `10-23-2023`. */
const guideDate = (date: string) => date.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$2-$3-$1");

function accountData(world: World, connection: Connection, happened: Happened, shape: Shape) {
  const { change, entityId } = happened;
  const account = "accountId" in change ? world.store.accounts.get(change.accountId) : undefined;
  const type = account?.authenticationType ?? null;
  const entity = connection.entities.find((row) => row.id === entityId);
  const known = entity?.status ?? account?.status ?? null;
  const status = connection.disconnectedAt === null ? known : "disconnected";
  return { status, authentication_method: shape === "document" ? { type } : type };
}

function dataOf(world: World, connection: Connection, happened: Happened, shape: Shape) {
  const { change } = happened;
  if (change.event === "account.updated") return accountData(world, connection, happened, shape);
  if ("payDate" in change) {
    const { paymentId, payDate } = change;
    return {
      payment_id: paymentId,
      pay_date: shape === "guide" && payDate !== null ? guideDate(payDate) : payDate,
    };
  }
  if ("paymentId" in change) return { payment_id: change.paymentId, individual_id: change.individualId };
  if ("individualId" in change) return { individual_id: change.individualId };
  if ("jobId" in change) return { job_id: change.jobId, job_url: jobUrl(world, change, shape) };
  return shape === "document" ? {} : null;
}

function jobUrl(world: World, change: Change & { jobId: string }, shape: Shape): string {
  const kind = change.event.startsWith("job.benefit_") ? "manual/" : "automated/";
  return new URL(`/jobs/${shape === "document" ? kind : ""}${change.jobId}`, world.settings.publicUrl).href;
}

/** Whether Finch's document and guide write this event differently. */
const hasTwoShapes = (change: Change): boolean =>
  change.event === "account.updated" ||
  change.event === "company.updated" ||
  "jobId" in change ||
  ("payDate" in change && change.payDate !== null);

/** The event that tells a change, or null where Finch tells nothing. */
export function toEvent(world: World, happened: Happened): WebhookEvent | null {
  const { connectionId, entityId, change } = happened;
  const connection = world.store.connections.get(connectionId);
  if (!connection || !isTold(world, connection, change)) return null;
  const account =
    change.event === "account.updated"
      ? change.accountId
      : (standingAccounts(world, connectionId)[0]?.id ?? connectionId);
  const entity = connection.entities.find((row) => row.id === entityId);
  return {
    type: change.event,
    varies: hasTwoShapes(change),
    body: (shape) =>
      JSON.stringify({
        company_id: entity ? companyIdOf(connection, entity) : connection.companyId,
        account_id: account,
        connection_id: connectionId,
        ...(entityId === null ? {} : { entity_id: entityId }),
        event_type: change.event,
        data: dataOf(world, connection, happened, shape),
      }),
  };
}

const nobody = "00000000-0000-4000-8000-000000000000";

/** What the dashboard's test button sends: the form of a data change, with `test` for its type. */
export function testEvent(connection: Connection | undefined, accountId: string | undefined): WebhookEvent {
  const body = JSON.stringify({
    company_id: connection?.companyId ?? nobody,
    account_id: accountId ?? nobody,
    connection_id: connection?.id ?? nobody,
    event_type: "test",
    data: {},
  });
  return { type: "test", varies: false, body: () => body };
}

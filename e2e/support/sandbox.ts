import { sandboxControl } from "@/e2e/fixtures";
import { database } from "./database";

export interface SandboxConnection {
  connection_id: string;
  customer_id: string | null;
  disconnected_at: string | null;
  accounts: { status: string; authentication_type: string }[];
  tokens: number;
}

/** What the sandbox has for a customer id that Perch sent. */
export async function sandboxConnectionsOf(customerId: string): Promise<SandboxConnection[]> {
  const all = (await sandboxControl("/connections")) as SandboxConnection[];
  return all.filter((row) => row.customer_id?.startsWith(customerId));
}

export interface SandboxRequest {
  seq: number;
  method: string;
  path: string;
  connection_id: string | null;
  status: number | null;
}

/** Requests that the sandbox received about a connection. */
export async function requestsAbout(finchConnectionId: string): Promise<SandboxRequest[]> {
  const all = (await sandboxControl("/requests")) as SandboxRequest[];
  return all.filter((row) => row.connection_id === finchConnectionId);
}

export async function finchIdOf(customerId: string, connectionId: string): Promise<string> {
  const [row] = await database()<{ id: string }[]>`
    select finch_connection_id as id from connections where customer_id = ${customerId} and id = ${connectionId}`;
  if (!row) throw new Error("There is no such connection.");
  return row.id;
}

/** What becomes of all logins of a connection at the provider. */
export async function setStatusAtFinch(finchConnectionId: string, status: string): Promise<void> {
  await sandboxControl(`/connections/${finchConnectionId}`, { status }, "PUT");
}

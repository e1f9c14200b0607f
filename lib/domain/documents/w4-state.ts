import type { Tx } from "@/db/client";
import {
  countFilers,
  countPeopleOf,
  findLastDocumentSync,
  listFailedPeople,
  type DocumentSyncRow,
  type PeopleCounts,
} from "@/db/repositories/document-syncs";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { toDirectorySource, type DirectorySourceView } from "@/lib/domain/individuals/list-directory";
import { readUnsupported } from "@/lib/domain/sync/unsupported";
import { nameOr } from "@/lib/format/names";

/** Why nothing can be asked of Finch. */
export type W4Obstacle = "no_product" | "assisted" | "not_offered" | "action_needed";

export type W4SyncStatus = "queued" | "asking" | "fetching" | "reading" | "done" | "failed" | "stopped";

export interface W4SyncView extends PeopleCounts {
  id: string;
  status: W4SyncStatus;
  total: number;
  createdAt: Date;
  finishedAt: Date | null;
  /** When it goes on by itself, where it waits. */
  retryAt: Date | null;
  message: string | null;
  requestId: string | null;
  /** The first people whose forms Finch did not fetch. */
  failures: { individualId: string; name: string; message: string }[];
}

export interface W4StateView {
  source: DirectorySourceView;
  obstacle: W4Obstacle | null;
  /** Active people who are no contractors, and those of whom a form is here. */
  people: number;
  withForm: number;
  /** The last request; null where nobody ever asked. */
  sync: W4SyncView | null;
  maySync: boolean;
  /** The reader may allow at the provider what the connection lacks. */
  mayReconnect: boolean;
}

const failuresShown = 8;

/** What stands in the way of asking for W-4 forms at a connection. Pure. */
export function w4Obstacle(
  source: Pick<SourceRow, "products" | "syncKind" | "unsupported" | "actionNeededAt">,
): W4Obstacle | null {
  const unsupported = readUnsupported(source.unsupported);
  if (!source.products.includes("documents")) return "no_product";
  // Finch refuses jobs of assisted connections (Finch: Enqueue a New Automated Job).
  if (source.syncKind === "assisted") return "assisted";
  if (unsupported["documents"] ?? unsupported[w4Key]) return "not_offered";
  return source.actionNeededAt ? "action_needed" : null;
}

/** Under which connections.unsupported keeps that a provider does not fetch W-4 forms. */
export const w4Key = "documents.w4";

/** Of each connection: who files, whose forms are here, and how far the last request is. */
export async function loadW4States(
  tx: Tx,
  ctx: CustomerContext,
  sources: readonly SourceRow[],
): Promise<W4StateView[]> {
  const { customerId } = ctx.scope;
  const states: W4StateView[] = [];
  for (const source of sources) {
    const scope = { customerId, connectionId: source.id };
    const last = await findLastDocumentSync(tx, scope);
    states.push({
      source: toDirectorySource(source),
      obstacle: w4Obstacle(source),
      ...(await countFilers(tx, scope)),
      sync: last && (await toSyncView(tx, last)),
      maySync: can(ctx, "document:sync", { connectionId: source.id }),
      mayReconnect: can(ctx, "connection:connect", { connectionId: source.id }),
    });
  }
  return states;
}

const statuses: readonly W4SyncStatus[] = [
  "queued",
  "asking",
  "fetching",
  "reading",
  "done",
  "failed",
  "stopped",
];

async function toSyncView(tx: Tx, row: DocumentSyncRow): Promise<W4SyncView> {
  const failures = await listFailedPeople(tx, row, failuresShown);
  return {
    id: row.id,
    status: statuses.find((status) => status === row.status) ?? "queued",
    total: row.total,
    ...(await countPeopleOf(tx, row)),
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    retryAt: row.finishedAt ? null : row.retryAt,
    message: row.message,
    requestId: row.requestId,
    failures: failures.map((person) => ({
      individualId: person.individualId,
      name: nameOr({ first: person.firstName, last: person.lastName, preferred: person.preferredName }),
      message: person.message ?? jobWords[person.code ?? ""] ?? "Finch could not fetch the form.",
    })),
  };
}

/** How a job of Finch may end (Finch: Retrieve an Automated Job). */
const jobWords: Record<string, string> = {
  error: "Finch could not fetch the form.",
  reauth_error: "The provider no longer accepts the saved sign-in.",
  permissions_error: "The account that was connected may not see this form at the provider.",
};

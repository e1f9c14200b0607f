import { inScope, inSystem, type Tx } from "@/db/client";
import { listCustomerIds } from "@/db/repositories/customer-ids";
import { deleteOldSnapshots } from "@/db/repositories/export-snapshots";
import { listDueDeletions } from "@/db/repositories/due-connections";
import {
  deleteExpiredChallenges,
  deleteExpiredLookups,
  deleteOldInvitations,
  deleteOldMails,
  deleteOldReaps,
  deleteOldReveals,
  deleteOldRuns,
  deleteUnusedDevices,
  dropOldRequests,
  ensureRequestPartitions,
} from "@/db/repositories/retention";
import {
  deleteOldChecks,
  deleteOldFinchJobs,
  deleteOldHolds,
  deleteOldSyncs,
} from "@/db/repositories/retention-sync";
import { deleteEndedSignIns } from "@/db/repositories/sign-in-requests";
import { platformCustomerId, workerContext, workerPlatformContext } from "@/lib/domain/context";
import { pruneChain } from "@/lib/domain/audit/prune-chain";
import { env } from "@/lib/env";
import { enqueue } from "@/lib/jobs/define";
import { deleteConnectionDataJob } from "@/lib/jobs/sync";
import { deleteMailFiles } from "@/lib/mail/mail-files";
import { destroyOverdueTokens } from "./destroy-overdue-tokens";

/** Every kind of data that is deleted by its age, and how (SECURITY 22). */

const partitionDaysAhead = 14;
/** Deletions of one day; each is a job of its own. */
const deletionsADay = 1_000;
const batchSize = 5_000;
const yearDays = 365;
const reapDays = 90;
const lastExportDays = 90;
const dayMs = 86_400_000;

export interface RetentionKind {
  key: string;
  /** What is deleted, as a page says it. */
  label: string;
  deletes: string;
  /** How long it is kept, in words, by this installation's settings. */
  kept: () => string;
  /** The variable that changes it; null where it is fixed. */
  setting: string | null;
  /** What a number in the record of a run counts: "mail", "mails". */
  unit: readonly [string, string];
  run: (now: Date) => Promise<number>;
}

const days = (count: number) => (count === 1 ? "1 day" : `${count} days`);
const years = (count: number) => (count === 1 ? "1 year" : `${count} years`);

/** Runs a deletion in each employer's own scope, one transaction each. */
async function atEveryCustomer(remove: (customerId: string) => Promise<number>): Promise<number> {
  const ids = await inScope(workerPlatformContext("retention"), listCustomerIds, { readOnly: true });
  let gone = 0;
  for (const id of [platformCustomerId, ...ids]) gone += await remove(id);
  return gone;
}

/** As many transactions as it takes, each of bounded size. */
const inBatches =
  (remove: (tx: Tx, customerId: string, days: number, limit: number) => Promise<number>) =>
  async (customerId: string): Promise<number> => {
    let gone = 0;
    for (;;) {
      const rows = await inScope(workerContext(customerId, "retention"), (tx) =>
        remove(tx, customerId, env().SYNC_RETENTION_DAYS, batchSize),
      );
      gone += rows;
      if (rows < batchSize) return gone;
    }
  };

async function enqueueDeletions(): Promise<number> {
  const due = await inScope(workerPlatformContext("retention"), (tx) => listDueDeletions(tx, deletionsADay), {
    readOnly: true,
  });
  for (const { customerId, connectionId } of due)
    await inScope(workerContext(customerId, "retention"), (tx) =>
      enqueue(tx, deleteConnectionDataJob, { customerId, connectionId }, { key: `delete:${connectionId}` }),
    );
  return due.length;
}

export const retentionKinds: readonly RetentionKind[] = [
  {
    key: "tokens",
    label: "Tokens of disconnected providers",
    deletes: "Tokens kept for telling Finch that a connection is over. Staff administrators get a mail.",
    kept: () => "until Finch confirms, 7 days at most",
    setting: null,
    unit: ["token", "tokens"],
    run: () => atEveryCustomer(destroyOverdueTokens),
  },
  {
    key: "connection_data",
    label: "Data of disconnected providers",
    deletes:
      "People, employment, pay, sealed values and tokens of a connection. Its name, timeline and audit stay.",
    kept: () => `${days(env().RETENTION_DAYS)} after disconnecting, hidden at once`,
    setting: "RETENTION_DAYS",
    unit: ["connection", "connections"],
    run: enqueueDeletions,
  },
  {
    key: "api_requests",
    label: "Requests to Finch",
    deletes: "Endpoint, status, duration and request id. Bodies are never kept.",
    kept: () => days(env().API_REQUEST_RETENTION_DAYS),
    setting: "API_REQUEST_RETENTION_DAYS",
    unit: ["day", "days"],
    run: () =>
      inSystem(async (tx) => {
        await ensureRequestPartitions(tx, partitionDaysAhead);
        return dropOldRequests(tx, env().API_REQUEST_RETENTION_DAYS);
      }),
  },
  {
    key: "syncs",
    label: "Syncs and their steps",
    deletes: "Counts, outcomes and request ids of syncs that ended. The last one of each connection stays.",
    kept: () => days(env().SYNC_RETENTION_DAYS),
    setting: "SYNC_RETENTION_DAYS",
    unit: ["sync", "syncs"],
    run: () => atEveryCustomer(inBatches(deleteOldSyncs)),
  },
  {
    key: "checks",
    label: "Nightly checks of mirrors",
    deletes: "Counts of what differed. The last one of each connection stays.",
    kept: () => days(env().SYNC_RETENTION_DAYS),
    setting: "SYNC_RETENTION_DAYS",
    unit: ["check", "checks"],
    run: () => atEveryCustomer(inBatches(deleteOldChecks)),
  },
  {
    key: "holds",
    label: "Held answers that are over",
    deletes: "What Finch gave nothing for, and who let it go. The audit entry stays.",
    kept: () => `${days(env().SYNC_RETENTION_DAYS)} after they are over`,
    setting: "SYNC_RETENTION_DAYS",
    unit: ["held answer", "held answers"],
    run: () => atEveryCustomer(inBatches(deleteOldHolds)),
  },
  {
    key: "finch_jobs",
    label: "Finch jobs",
    deletes: "State and times of jobs that Finch no longer names.",
    kept: () => days(env().SYNC_RETENTION_DAYS),
    setting: "SYNC_RETENTION_DAYS",
    unit: ["job", "jobs"],
    run: () => atEveryCustomer(inBatches(deleteOldFinchJobs)),
  },
  {
    key: "mails",
    label: "Mails",
    deletes: "Recipient and content of mails that were sent, given up or never left.",
    kept: () => days(env().MAIL_RETENTION_DAYS),
    setting: "MAIL_RETENTION_DAYS",
    unit: ["mail", "mails"],
    run: () => inSystem((tx) => deleteOldMails(tx, env().MAIL_RETENTION_DAYS)),
  },
  {
    key: "invitations",
    label: "Invitations that ended",
    deletes: "Who was invited at which address. Access that came of it stays, and so does the audit entry.",
    kept: () => `${days(env().MAIL_RETENTION_DAYS)} after they end`,
    setting: "MAIL_RETENTION_DAYS",
    unit: ["invitation", "invitations"],
    run: () =>
      atEveryCustomer((id) =>
        inScope(workerContext(id, "retention"), (tx) =>
          deleteOldInvitations(tx, id, env().MAIL_RETENTION_DAYS),
        ),
      ),
  },
  {
    key: "mail_files",
    label: "Mails kept as files",
    deletes: "The files of local mode in DATA_DIR/mail. A server with SMTP has none.",
    kept: () => days(env().MAIL_RETENTION_DAYS),
    setting: "MAIL_RETENTION_DAYS",
    unit: ["file", "files"],
    run: (now) => deleteMailFiles(new Date(now.getTime() - env().MAIL_RETENTION_DAYS * dayMs)),
  },
  {
    key: "audit",
    label: "Audit entries",
    deletes:
      "Signed entries with their details; what is left still verifies. Never anything younger than a year.",
    kept: () => years(env().AUDIT_RETENTION_YEARS),
    setting: "AUDIT_RETENTION_YEARS",
    unit: ["entry", "entries"],
    run: () => atEveryCustomer((id) => pruneChain(id, env().AUDIT_RETENTION_YEARS)),
  },
  {
    key: "reveals",
    label: "Record of revealed values",
    deletes: "Who opened which value, as limits count it. The audit entry with its reason stays.",
    kept: () => years(1),
    setting: null,
    unit: ["row", "rows"],
    run: () =>
      atEveryCustomer((id) =>
        inScope(workerContext(id, "retention"), (tx) => deleteOldReveals(tx, id, yearDays)),
      ),
  },
  {
    key: "last_exports",
    label: "What people exported last",
    deletes: "The rows that the changes since somebody's last export are told from.",
    kept: () => days(lastExportDays),
    setting: null,
    unit: ["export", "exports"],
    run: () =>
      atEveryCustomer((id) =>
        inScope(workerContext(id, "retention"), (tx) => deleteOldSnapshots(tx, id, lastExportDays)),
      ),
  },
  {
    key: "sign_ins",
    label: "Sign-ins and sessions",
    deletes: "Requests to sign in, sessions that are over, and counters of limits.",
    kept: () => "1 day after they end",
    setting: null,
    unit: ["row", "rows"],
    run: () => inSystem(deleteEndedSignIns),
  },
  {
    key: "challenges",
    label: "Challenges of second factors",
    deletes: "What a browser was asked to prove and did not.",
    kept: () => "1 hour after they run out",
    setting: null,
    unit: ["row", "rows"],
    run: () => inSystem(deleteExpiredChallenges),
  },
  {
    key: "devices",
    label: "Known browsers",
    deletes: "Browsers not used for a year to sign in; the next sign-in with one sends a mail again.",
    kept: () => "1 year after the last sign-in",
    setting: null,
    unit: ["browser", "browsers"],
    run: () => inSystem((tx) => deleteUnusedDevices(tx, yearDays)),
  },
  {
    key: "lookups",
    label: "Links that ran out",
    deletes: "Hashes of links and of attempts to connect.",
    kept: () => "1 day after they run out",
    setting: null,
    unit: ["row", "rows"],
    run: () => inSystem(deleteExpiredLookups),
  },
  {
    key: "reaps",
    label: "Workers that died",
    deletes: "When a worker was gone, and how many jobs were set free.",
    kept: () => days(reapDays),
    setting: null,
    unit: ["worker", "workers"],
    run: () => inSystem((tx) => deleteOldReaps(tx, reapDays)),
  },
  {
    key: "runs",
    label: "Record of these runs",
    deletes: "Counts of deleted rows.",
    kept: () => years(1),
    setting: null,
    unit: ["run", "runs"],
    run: () => inSystem((tx) => deleteOldRuns(tx, yearDays)),
  },
];

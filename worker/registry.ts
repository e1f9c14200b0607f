import type { Task, TaskList } from "graphile-worker";
import { DomainError } from "@/lib/domain/errors";
import { log } from "@/lib/log";
import { defineHandler, type Handler } from "./define-handler";
import auditSign from "./handlers/audit-sign";
import connectionDeleteData from "./handlers/connection-delete-data";
import connectionSync from "./handlers/connection-sync";
import documentSync from "./handlers/document-sync";
import * as mailSend from "./handlers/mail-send";
import mirrorReconcile from "./handlers/mirror-reconcile";
import mirrorSchedule from "./handlers/mirror-schedule";
import mirrorTotals from "./handlers/mirror-totals";
import payItemRule from "./handlers/pay-item-rule";
import providersRefresh from "./handlers/providers-refresh";
import retentionDaily from "./handlers/retention-daily";
import * as signInClean from "./handlers/sign-in-clean";
import syncAfterCancel from "./handlers/sync-after-cancel";
import syncSchedule from "./handlers/sync-schedule";
import syncStep from "./handlers/sync-step";
import tokenRevoke from "./handlers/token-revoke";

/** Every job of the installation and who does it. */
export const handlers: readonly Handler[] = [
  connectionSync,
  syncStep,
  syncSchedule,
  syncAfterCancel,
  mirrorSchedule,
  mirrorReconcile,
  mirrorTotals,
  tokenRevoke,
  connectionDeleteData,
  documentSync,
  payItemRule,
  providersRefresh,
  retentionDaily,
  auditSign,
  defineHandler(mailSend.job, mailSend.handler),
  defineHandler(signInClean.job, signInClean.handler),
];

/** What the queue keeps of a failed job: a code, for messages may quote a person's data (SECURITY 20). */
class JobFailed extends Error {
  constructor(job: string, error: unknown) {
    super(
      `${job} failed: ${error instanceof DomainError ? error.code : error instanceof Error ? error.name : "unknown"}`,
    );
    this.name = "JobFailed";
  }
}

function toTask({ name, run }: Handler): Task {
  return async (payload, { job }) => {
    const startedAt = performance.now();
    try {
      await run(payload, { attempt: job.attempts });
      log.debug("job done", {
        job: name,
        jobId: job.id,
        durationMs: Math.round(performance.now() - startedAt),
      });
    } catch (error) {
      log.error("job failed", error, { job: name, jobId: job.id, attempt: job.attempts });
      throw new JobFailed(name, error);
    }
  };
}

export const taskList: TaskList = Object.fromEntries(
  handlers.map((handler) => [handler.name, toTask(handler)]),
);

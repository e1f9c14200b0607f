import { startSync } from "@/lib/domain/sync/start-sync";
import { connectionSyncJob } from "@/lib/jobs/sync";
import { defineHandler } from "../define-handler";

export default defineHandler(connectionSyncJob, (payload) => startSync(payload));

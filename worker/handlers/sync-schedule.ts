import { scheduleSyncs } from "@/lib/domain/sync/schedule-syncs";
import { scheduleSyncsJob } from "@/lib/jobs/sync";
import { defineHandler } from "../define-handler";

export default defineHandler(scheduleSyncsJob, () => scheduleSyncs());

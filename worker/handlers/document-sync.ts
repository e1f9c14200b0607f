import { advanceW4Sync } from "@/lib/domain/documents/advance-w4-sync";
import { documentSyncJob } from "@/lib/jobs/documents";
import { defineHandler } from "../define-handler";

export default defineHandler(documentSyncJob, (payload) => advanceW4Sync(payload));

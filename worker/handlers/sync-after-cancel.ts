import { afterCancel } from "@/lib/domain/sync/after-cancel";
import { afterCancelJob } from "@/lib/jobs/sync";
import { defineHandler } from "../define-handler";

export default defineHandler(afterCancelJob, (payload) => afterCancel(payload));

import { runStep } from "@/lib/domain/sync/run-step";
import { syncStepJob } from "@/lib/jobs/sync";
import { defineHandler } from "../define-handler";

export default defineHandler(syncStepJob, (payload, { attempt }) => runStep({ ...payload, attempt }));

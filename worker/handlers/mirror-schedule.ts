import { scheduleChecks } from "@/lib/domain/reconcile/schedule-checks";
import { scheduleChecksJob } from "@/lib/jobs/mirror";
import { defineHandler } from "../define-handler";

export default defineHandler(scheduleChecksJob, () => scheduleChecks());

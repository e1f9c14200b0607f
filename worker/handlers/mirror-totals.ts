import { checkTotals } from "@/lib/domain/reconcile/check-totals";
import { checkTotalsJob } from "@/lib/jobs/mirror";
import { defineHandler } from "../define-handler";

export default defineHandler(checkTotalsJob, (payload) => checkTotals(payload));

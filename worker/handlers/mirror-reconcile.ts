import { reconcileConnection } from "@/lib/domain/reconcile/reconcile-connection";
import { reconcileJob } from "@/lib/jobs/mirror";
import { defineHandler } from "../define-handler";

export default defineHandler(reconcileJob, (payload) => reconcileConnection(payload));

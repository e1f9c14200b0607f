import { signHeads } from "@/lib/domain/audit/sign-heads";
import { signAuditJob } from "@/lib/jobs/audit";
import { defineHandler } from "../define-handler";

export default defineHandler(signAuditJob, (payload) => signHeads(payload));

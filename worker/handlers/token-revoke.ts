import { revokeToken } from "@/lib/domain/retention/revoke-token";
import { revokeTokenJob } from "@/lib/jobs/sync";
import { defineHandler } from "../define-handler";

export default defineHandler(revokeTokenJob, (payload) => revokeToken(payload));

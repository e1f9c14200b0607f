import { refreshProviders } from "@/lib/domain/providers/refresh-providers";
import { refreshProvidersJob } from "@/lib/jobs/sync";
import { defineHandler } from "../define-handler";

export default defineHandler(refreshProvidersJob, () => refreshProviders());

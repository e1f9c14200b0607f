import { runDailyRetention } from "@/lib/domain/retention/run-daily-retention";
import { dailyRetentionJob } from "@/lib/jobs/sync";
import { defineHandler } from "../define-handler";

export default defineHandler(dailyRetentionJob, () => runDailyRetention());

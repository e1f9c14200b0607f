import { runDailyRetention } from "@/lib/domain/retention/run-daily-retention";
import { dailyRetentionJob } from "@/lib/jobs/retention";
import { defineHandler } from "../define-handler";

export default defineHandler(dailyRetentionJob, (payload) => runDailyRetention(payload));

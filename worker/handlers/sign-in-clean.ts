import { endSignIns } from "@/lib/domain/sign-in/end-sign-ins";
import { cleanSignInsJob } from "@/lib/jobs/clean-sign-ins";

export const job = cleanSignInsJob;

export async function handler(): Promise<void> {
  await endSignIns();
}

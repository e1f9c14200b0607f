import type { z } from "zod";
import { sendMail } from "@/lib/domain/mail/send-mail";
import { sendMailJob } from "@/lib/jobs/send-mail";

export const job = sendMailJob;

export async function handler({ outboxId }: z.output<typeof sendMailJob.schema>): Promise<void> {
  await sendMail(outboxId);
}

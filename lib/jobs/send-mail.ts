import { z } from "zod";
import { defineJob } from "./define";

/** Sends one row of mail_outbox. Enqueued by request_sign_in_mail() for sign-in mails. */
export const sendMailJob = defineJob("mail.send", z.strictObject({ outboxId: z.uuid() }), { maxAttempts: 8 });

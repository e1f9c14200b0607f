import type { MailOutboxRow } from "@/db/repositories/mail-outbox";
import type { RenderedMail } from "@/lib/mail/render-mail";

/** A mail that goes out, or the code of why it does not. */
export type Prepared = { mail: RenderedMail } | { dropped: string };

/** Turns a row of the outbox into a mail, as the worker. */
export type PrepareMail = (row: MailOutboxRow) => Promise<Prepared>;

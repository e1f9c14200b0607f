import { chmod, mkdir, open, rename } from "node:fs/promises";
import path from "node:path";
import { createTransport, type SendMailOptions } from "nodemailer";
import { env } from "@/lib/env";
import { birdContentId, birdPng } from "./bird-png";
import type { RenderedMail } from "./render-mail";

/** Where mails go: a mail server, or one file each in DATA_DIR/mail (local mode without SMTP_URL). */

export interface OutgoingMail extends RenderedMail {
  /** Of mail_outbox: a mail sent twice after a crash is recognized as one. */
  id: string;
  to: string;
}

/** Why a mail server refused, without its words, which quote addresses. */
export class MailError extends Error {
  constructor(
    readonly code: string,
    /** Trying again cannot help. */
    readonly permanent: boolean,
  ) {
    super("The mail server refused the mail");
    this.name = "MailError";
  }
}

const timeoutMs = 20_000;
const oneAddress = /^[^\s@,;<>"()]+@[^\s@,;<>"()]+$/;

export function mailFolder(): string {
  return path.resolve(env().DATA_DIR, "mail");
}

function compose(mail: OutgoingMail): SendMailOptions {
  if (!oneAddress.test(mail.to)) throw new MailError("bad_address", true);
  const { MAIL_FROM, appUrl } = env();
  return {
    from: MAIL_FROM,
    to: { name: "", address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.id}@${new URL(appUrl).hostname}>`,
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    attachments: [{ filename: "perch.png", content: birdPng, contentType: "image/png", cid: birdContentId }],
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function toMailError(error: unknown): MailError {
  const of = (key: string): unknown => (error instanceof Error ? Reflect.get(error, key) : undefined);
  const [status, code] = [of("responseCode"), of("code")];
  const permanent = typeof status === "number" && status >= 500 && status < 600;
  const name =
    typeof status === "number" ? `smtp_${status}` : typeof code === "string" ? code.toLowerCase() : "unknown";
  return new MailError(name, permanent);
}

/** Links are secrets: a server elsewhere is spoken to over TLS only. */
export function smtpOptions(url: string) {
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
  return { url, ...timeouts, ...(isLocal ? {} : { requireTLS: true }) };
}

async function sendBySmtp(url: string, mail: OutgoingMail): Promise<void> {
  const message = compose(mail);
  const server = createTransport(smtpOptions(url));
  try {
    await server.sendMail(message);
  } catch (error) {
    throw toMailError(error);
  } finally {
    server.close();
  }
}

/** Oldest first by name; whole or not at all, and only for this account of the machine. */
async function writeToFolder(mail: OutgoingMail, now: Date): Promise<void> {
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail(compose(mail));
  if (!Buffer.isBuffer(message)) throw new TypeError("The mail was not buffered");
  const folder = mailFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const stamp = now.toISOString().replaceAll(/[-:]/g, "").replace(".", "");
  const file = path.join(folder, `${stamp}-${mail.id}.eml`);
  const draft = path.join(folder, `.${mail.id}.tmp`);
  const handle = await open(draft, "w", 0o600);
  await handle.writeFile(message).finally(() => handle.close());
  await chmod(draft, 0o600);
  await rename(draft, file);
}

interface DeliverOptions {
  now?: Date;
  /** SMTP_URL, if left out. */
  smtpUrl?: string | undefined;
}

/** Sends a mail. @throws MailError */
export async function deliverMail(mail: OutgoingMail, options: DeliverOptions = {}): Promise<void> {
  const smtpUrl = options.smtpUrl ?? env().SMTP_URL;
  if (smtpUrl) return sendBySmtp(smtpUrl, mail);
  return writeToFolder(mail, options.now ?? new Date());
}

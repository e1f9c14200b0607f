import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { simpleParser, type ParsedMail } from "mailparser";
import { mailFolder } from "./transport";

/** Reads the mails of local mode back, for /dev/mailbox. */

export interface MailSummary {
  /** The file's name without its ending. */
  id: string;
  to: string;
  subject: string;
  at: string;
}

export interface MailView extends MailSummary {
  from: string;
  text: string;
  /** As it was sent, images inlined. */
  html: string;
}

const fileName = /^\d{8}T\d{9}Z-[0-9a-f-]{36}$/;
const shownMails = 100;

const addressOf = (value: ParsedMail["to"] | ParsedMail["from"]): string =>
  [value ?? []]
    .flat()
    .map(({ text }) => text)
    .join(", ");

async function readMail(id: string): Promise<MailView> {
  const mail = await simpleParser(await readFile(path.join(mailFolder(), `${id}.eml`)));
  return {
    id,
    to: addressOf(mail.to),
    from: addressOf(mail.from),
    subject: mail.subject ?? "(no subject)",
    at: (mail.date ?? new Date(0)).toISOString(),
    text: mail.text ?? "",
    html: mail.html || "",
  };
}

async function listIds(): Promise<string[]> {
  const names = await readdir(mailFolder()).catch(() => []);
  const ids = names.filter((name) => name.endsWith(".eml")).map((name) => name.slice(0, -4));
  return ids
    .filter((id) => fileName.test(id))
    .sort()
    .reverse();
}

/** The newest mails, newest first. */
export async function listMails(): Promise<MailSummary[]> {
  const mails = await Promise.all((await listIds()).slice(0, shownMails).map(readMail));
  return mails.map(({ id, to, subject, at }) => ({ id, to, subject, at }));
}

/** One mail, or null. The id is a name of our own making, never a path. */
export async function findMail(id: string): Promise<MailView | null> {
  if (!fileName.test(id)) return null;
  return readMail(id).catch(() => null);
}

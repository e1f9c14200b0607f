import { readdir, unlink } from "node:fs/promises";
import path from "node:path";
import { mailFolder } from "./transport";

/** Name of a mail kept as a file: its time, then its id. */
const fileName = /^(\d{4})(\d{2})(\d{2})T\d{9}Z-[0-9a-f-]{36}\.eml$/;

/** Deletes mails of local mode that were written before a day; gives how many went. */
export async function deleteMailFiles(before: Date): Promise<number> {
  const border = before.toISOString().slice(0, 10);
  const names = await readdir(mailFolder()).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const old = names.filter((name) => {
    const [, year, month, day] = fileName.exec(name) ?? [];
    return year !== undefined && `${year}-${month ?? ""}-${day ?? ""}` < border;
  });
  for (const name of old)
    await unlink(path.join(mailFolder(), name)).catch((error: NodeJS.ErrnoException) => {
      // Two runs at once: what is gone is what was wanted.
      if (error.code !== "ENOENT") throw error;
    });
  return old.length;
}

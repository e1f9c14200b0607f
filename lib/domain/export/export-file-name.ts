import { dateInZone } from "@/lib/format/dates";

interface ExportFile {
  /** Whose it is, as people write it. */
  place: string;
  /** What it holds, as one word. */
  what: string;
  /** Its day is the day in this zone. */
  now: Date;
  zone: string;
  extension?: "csv" | "xlsx";
}

/** What an export is called: "acme-inc-directory-2026-11-22.csv". Pure. */
export function exportFileName({ place, what, now, zone, extension = "csv" }: ExportFile): string {
  const slug = place
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${slug || "employer"}-${what}-${dateInZone(now, zone)}.${extension}`;
}

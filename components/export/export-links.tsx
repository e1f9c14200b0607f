import { Download } from "lucide-react";
import { buttonStyles } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";

interface ExportLinksProps {
  /** The export's address with the filters of the page. */
  href: string;
  /** When the reader last exported this table; null where never. */
  last: Date | null;
  now: Date;
  zone: string;
}

const withWish = (href: string, wish: Record<string, string>) =>
  `${href}${href.includes("?") ? "&" : "?"}${new URLSearchParams(wish).toString()}`;

/** A table as a file: whole, or what changed since the reader's last export. Downloads, so plain links: the router must not fetch them. */
export function ExportLinks({ href, last, now, zone }: ExportLinksProps) {
  return (
    <span role="group" aria-label="Export" className="inline-flex flex-wrap items-center gap-2">
      <a className={buttonStyles()} href={withWish(href, { format: "csv" })} download>
        <Download size={14} aria-hidden="true" />
        CSV
      </a>
      <a className={buttonStyles()} href={withWish(href, { format: "xlsx" })} download>
        <Download size={14} aria-hidden="true" />
        Excel
      </a>
      {last ? (
        <a className={buttonStyles()} href={withWish(href, { format: "csv", changes: "yes" })} download>
          <Download size={14} aria-hidden="true" />
          <span>
            Changes since my export <RelativeTime value={last} now={now} zone={zone} />
          </span>
        </a>
      ) : null}
    </span>
  );
}

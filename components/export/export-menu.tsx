"use client";

import { ChevronDown, Download } from "lucide-react";
import { Fragment } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

/** One table of a page, as files. */
export interface ExportChoice {
  /** What the table is called, where a page has several. */
  label: string;
  /** The export's address with the filters of the page. */
  href: string;
  /** When the reader last exported it: "Nov 22, 2026, 2:03 PM". Null: never. Left out: changes are not told of it. */
  since?: string | null;
}

const formats = [
  { format: "csv", label: "CSV" },
  { format: "xlsx", label: "Excel (XLSX)" },
] as const;

const withWish = (href: string, wish: Record<string, string>) =>
  `${href}${href.includes("?") ? "&" : "?"}${new URLSearchParams(wish).toString()}`;

/** The tables of a page as files: whole, or what changed since the reader's last export. */
export function ExportMenu({ choices }: { choices: readonly ExportChoice[] }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button>
          <Download size={14} aria-hidden="true" />
          Export
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-[300px] max-w-[calc(100vw-32px)] text-left whitespace-normal">
        {choices.map((choice, at) => (
          <Fragment key={choice.label}>
            {at > 0 ? <DropdownMenuSeparator /> : null}
            <DropdownMenuLabel>{choice.label}</DropdownMenuLabel>
            {formats.map(({ format, label }) => (
              <File key={format} href={withWish(choice.href, { format })} about={choice.label}>
                {label}
              </File>
            ))}
            {choice.since === undefined ? null : <Changes {...choice} since={choice.since} />}
          </Fragment>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

interface FileProps {
  href: string;
  about: string;
  children: string;
}

/** A download, so a plain link: the router must not fetch it. */
function File({ href, about, children }: FileProps) {
  return (
    <DropdownMenuItem asChild textValue={children}>
      <a href={href} download>
        <span className="min-w-0">
          {children}
          <span className="sr-only">: {about}</span>
        </span>
      </a>
    </DropdownMenuItem>
  );
}

function Changes({ label, href, since }: ExportChoice & { since: string | null }) {
  if (since === null)
    return (
      <DropdownMenuItem
        aria-disabled
        className="cursor-not-allowed text-muted"
        onSelect={(event) => event.preventDefault()}
      >
        <span className="min-w-0">
          Changes since my last export
          <span className="block text-xs leading-[1.4] text-secondary">
            No export of yours with this filter is kept.
          </span>
        </span>
      </DropdownMenuItem>
    );
  return formats.map(({ format, label: name }) => (
    <File key={format} href={withWish(href, { format, changes: "yes" })} about={label}>
      {`Changes since ${since}, ${name}`}
    </File>
  ));
}

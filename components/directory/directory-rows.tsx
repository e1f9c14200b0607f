"use client";

import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import { EmploymentStatus } from "@/components/individuals/employment-status";
import { FieldValue } from "@/components/individuals/field-value";
import { IncomeAmount } from "@/components/individuals/income-amount";
import type { DirectoryRowView } from "@/lib/domain/individuals/to-directory-row";
import { formatDate } from "@/lib/format/dates";
import { enumLabel } from "@/lib/format/enums";

interface DirectoryRowsProps {
  /** What a person's address begins with. */
  hrefPrefix: string;
  rows: readonly DirectoryRowView[];
  severalSources: boolean;
}

// One rule for all cells instead of classes on each: a page has 500 of them, twice in what is sent.
const cells =
  "[&_td]:h-(--row-height) [&_td]:border-b [&_td]:border-line [&_td]:text-left [&_td]:align-middle [&_td]:whitespace-nowrap [&_th]:h-(--row-height) [&_th]:max-w-[200px] [&_th]:truncate [&_th]:border-b [&_th]:border-line [&_th]:text-left [&_th]:align-middle [&_th]:font-medium [&_tr:hover>*]:bg-surface-hover [&_[data-key-row]>*]:bg-surface-hover [&_[data-key-row]>*:first-child]:shadow-[inset_2px_0_0_var(--focus)] [&_a:hover]:text-accent [&_a:hover]:underline [&_a]:rounded-sm [&_a]:py-1";
const wide = "max-md:hidden";
const wider = "max-lg:hidden";
const figure = "!text-right tabular-nums";

/**
 * The rows of a page. A client component, so that they travel as data and are drawn once; links are plain ones that
 * a single listener turns into navigation, and they work without it.
 */
export function DirectoryRows({ hrefPrefix, rows, severalSources }: DirectoryRowsProps) {
  const router = useRouter();
  function onClick(event: MouseEvent<HTMLElement>) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented) return;
    event.preventDefault();
    router.push(link.pathname);
  }
  return (
    <tbody className={cells} onClick={onClick}>
      {rows.map((row) => (
        <PersonRow key={row.id} hrefPrefix={hrefPrefix} row={row} severalSources={severalSources} />
      ))}
    </tbody>
  );
}

interface PersonRowProps {
  hrefPrefix: string;
  row: DirectoryRowView;
  severalSources: boolean;
}

function PersonRow({ hrefPrefix, row, severalSources }: PersonRowProps) {
  const provider = row.connection.providerName;
  const { income, ssn, manager, status } = row;
  return (
    <tr>
      <th scope="row">
        <a className="text-ink" data-row-link="" href={hrefPrefix + row.id}>
          {row.name ?? "Unnamed person"}
        </a>
        <span className="block text-xs leading-[1.3] font-normal text-muted md:hidden">
          {secondLine(row)}
        </span>
      </th>
      <td className={`${wide} max-w-[168px] truncate text-secondary`}>
        <FieldValue field={row.title} provider={provider} />
      </td>
      <td className={`${wide} max-w-[132px] truncate`}>
        <FieldValue field={row.department} provider={provider} />
      </td>
      <td className={`${wider} max-w-[128px] truncate`}>
        {manager.kind === "value" ? (
          <a className="text-ink" href={hrefPrefix + manager.value.id}>
            {manager.value.name}
          </a>
        ) : (
          <FieldValue field={manager} provider={provider} />
        )}
      </td>
      <td className={`${wider} max-w-[104px] truncate text-secondary`}>
        <TypeCell row={row} />
      </td>
      <td className={income ? wide : undefined}>
        {status.kind === "value" ? (
          <EmploymentStatus status={status.value} />
        ) : (
          <FieldValue field={status} provider={provider} />
        )}
      </td>
      <td className={`${wider} ${figure} text-secondary`}>
        <FieldValue field={row.startDate} provider={provider} end>
          {formatDate}
        </FieldValue>
      </td>
      {ssn ? (
        <td className={wider}>
          <FieldValue field={ssn} provider={provider} />
        </td>
      ) : null}
      {income ? (
        <td className={figure}>
          {income.kind === "value" ? (
            <IncomeAmount income={income.value} short />
          ) : (
            <FieldValue field={income} provider={provider} end />
          )}
        </td>
      ) : null}
      {severalSources ? <td className={`${wide} text-secondary`}>{provider}</td> : null}
    </tr>
  );
}

/** The subtype says more; the type where there is none. */
function TypeCell({ row: { type, subtype, connection } }: { row: DirectoryRowView }) {
  const [field, names] =
    subtype.kind === "none" ? ([type, "employmentType"] as const) : ([subtype, "employmentSubtype"] as const);
  return (
    <FieldValue field={field} provider={connection.providerName}>
      {(value) => enumLabel(names, value)}
    </FieldValue>
  );
}

/** "Hygienist · Active", from what is there. */
function secondLine({ title, status }: DirectoryRowView): string {
  const parts = [
    title.kind === "value" ? title.value : null,
    status.kind === "value" ? enumLabel("employmentStatus", status.value) : null,
  ];
  return parts.filter(Boolean).join(" · ") || "No title yet";
}

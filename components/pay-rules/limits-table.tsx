"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { LimitCellView, LimitRowView, LimitsView } from "@/lib/domain/payroll/limits/list-limits";
import { dateInZone, formatDate } from "@/lib/format/dates";
import { formatMoney } from "@/lib/format/money";
import { LimitDialog, type ConfirmLimitAction } from "./limit-dialog";

export interface LimitsTableProps {
  customerId: string;
  view: LimitsView;
  confirmLimit: ConfirmLimitAction;
}

const dollars = (cents: bigint) => formatMoney(cents, "USD").replace(/\.00$/, "");

/** Limits by year. What is not confirmed or missing says so, and administrators settle it with a source. */
export function LimitsTable({ customerId, view, confirmLimit }: LimitsTableProps) {
  const [open, setOpen] = useState<{ limit: LimitRowView; cell: LimitCellView } | null>(null);
  return (
    <>
      <Table label="Yearly limits" density="compact">
        <THead>
          <TR>
            <TH>Limit</TH>
            {view.years.map((year, at) => (
              <TH key={year} numeric className={olderClass(at, view.years.length)}>
                {year}
              </TH>
            ))}
          </TR>
        </THead>
        <TBody>
          {view.limits.map((limit) => (
            <TR key={limit.key}>
              <TD rowHeader wrap className="min-w-[148px]">
                {limit.label}
                {limit.note ? <SubLine>{limit.note}</SubLine> : null}
              </TD>
              {limit.cells.map((cell, at) => (
                <TD key={cell.year} numeric className={cellClass(at, limit.cells.length)}>
                  <Figure cell={cell} zone={view.timeZone} />
                  {view.mayConfirm && cell.open ? (
                    <Button
                      size="sm"
                      variant="ghost"
                      className="-mr-1 ml-1.5 max-md:mr-0 max-md:ml-0"
                      aria-label={`${verbOf(cell)} ${limit.label} of ${cell.year}`}
                      onClick={() => setOpen({ limit, cell })}
                    >
                      {verbOf(cell)}
                    </Button>
                  ) : null}
                </TD>
              ))}
            </TR>
          ))}
        </TBody>
      </Table>
      {open ? (
        <LimitDialog
          {...{ customerId, confirmLimit }}
          limit={open.limit}
          cell={open.cell}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}

/** Phones have room for the last two years. */
const olderClass = (at: number, count: number) => (at < count - 2 ? "max-md:hidden" : undefined);
const cellClass = (at: number, count: number) => cn("max-md:whitespace-normal", olderClass(at, count));

const verbOf = ({ value, confirmed }: LimitCellView) =>
  confirmed ? "Change" : value.kind === "unconfirmed" ? "Confirm" : "Enter";

function Figure({ cell, zone }: { cell: LimitCellView; zone: string }) {
  const { value, confirmed } = cell;
  if (value.kind === "missing") return <span className="text-muted">not entered</span>;
  if (value.kind === "none") return <span className="text-muted">no such limit</span>;
  if (value.kind === "unconfirmed")
    return (
      <span className="text-attention-text">
        {dollars(value.amountCents)} <span className="text-xs">not confirmed</span>
      </span>
    );
  return (
    <>
      {dollars(value.amountCents)}
      {confirmed ? (
        <SubLine>
          <span title={confirmed.source}>entered {formatDate(dateInZone(confirmed.at, zone))}</span>
        </SubLine>
      ) : null}
    </>
  );
}

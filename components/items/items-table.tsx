"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import type { PayItemsView, PayItemView } from "@/lib/domain/payroll/items/views";
import { formatDate } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import { payCategoryLabels } from "@/lib/format/pay-types";
import { ClassifyDialog } from "./classify-dialog";
import type { ItemActions } from "./item-actions";
import { box1Words, daysWords, itemName, preTaxWords } from "./item-words";

interface ItemsTableProps {
  customerId: string;
  connectionId: string;
  view: Pick<PayItemsView, "items" | "mayClassify">;
  actions: ItemActions;
}

/** Distinct names of lines with Finch's type and the employer's own; those without a type stand first. */
export function ItemsTable({ customerId, connectionId, view, actions }: ItemsTableProps) {
  const [open, setOpen] = useState<PayItemView | null>(null);
  return (
    <>
      <Table
        label="Pay items"
        density="compact"
        scrollClassName="md:max-h-[max(320px,calc(100dvh-248px))] md:overflow-y-auto"
      >
        <THead>
          <TR>
            <TH>Item</TH>
            <TH wide>Finch’s type</TH>
            <TH>Your type</TH>
            <TH numeric wide>
              Lines
            </TH>
            <TH numeric wide>
              Since
            </TH>
            <TH numeric wide className="max-lg:hidden">
              Last paid
            </TH>
            <TH wide>Box 1</TH>
            {view.mayClassify ? (
              <TH>
                <span className="sr-only">Actions</span>
              </TH>
            ) : null}
          </TR>
        </THead>
        <TBody>
          {view.items.map((item) => (
            <Row
              key={JSON.stringify([item.category, item.name, item.finchType])}
              item={item}
              onOpen={view.mayClassify ? () => setOpen(item) : null}
            />
          ))}
        </TBody>
      </Table>
      {open ? (
        <ClassifyDialog
          {...{ customerId, connectionId, actions }}
          item={open}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}

function Row({ item, onOpen }: { item: PayItemView; onOpen: (() => void) | null }) {
  const { current } = item;
  return (
    <TR>
      <TD rowHeader wrap className="min-w-[132px] break-words">
        <span className={item.name ? "" : "font-normal text-muted"}>{itemName(item)}</span>
        <SubLine>
          {payCategoryLabels[item.category]}
          {item.flags.length > 0 ? `, ${item.flags.join(" or ")}` : ""}
        </SubLine>
        <SubLine className="md:hidden">
          {item.finchLabel ?? "no type"} · {formatCount(item.lines, "line")}
        </SubLine>
      </TD>
      <TD wide>{item.finchLabel ?? <Tag kind="missing">no type</Tag>}</TD>
      <TD wrap>
        {current ? (
          <>
            {current.mappedLabel}
            <SubLine>
              {[preTaxWords(current.mappedPreTax), daysWords(current)].filter(Boolean).join(", ")}
            </SubLine>
          </>
        ) : item.classified ? (
          <span className="text-muted">as Finch says</span>
        ) : (
          <Tag kind="lacking">unclassified</Tag>
        )}
      </TD>
      <TD numeric wide>
        {formatNumber(item.lines)}
      </TD>
      <TD numeric wide>
        {item.firstSeen ? formatDate(item.firstSeen) : <Never item={item} />}
      </TD>
      <TD numeric wide className="max-lg:hidden">
        {item.lastSeen ? formatDate(item.lastSeen) : <Never item={item} />}
        {item.nextSeen ? <SubLine>scheduled {formatDate(item.nextSeen)}</SubLine> : null}
      </TD>
      <TD wide>{box1Words(item)}</TD>
      {onOpen ? (
        <TD className="text-right">
          <Button
            size="sm"
            onClick={onOpen}
            aria-label={`${current ? "Change" : "Classify"} ${itemName(item)}`}
          >
            {current ? "Change" : "Classify"}
          </Button>
        </TD>
      ) : null}
    </TR>
  );
}

const Never = ({ item }: { item: PayItemView }) => (
  <span
    className="text-muted"
    title={item.lines === 0 ? "Finch lists it; no statement here has it" : undefined}
  >
    {item.lines === 0 ? "not seen" : item.nextSeen ? "not paid yet" : "undated"}
  </span>
);

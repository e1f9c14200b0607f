"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmInPlace } from "@/components/ui/confirm-in-place";
import { Section } from "@/components/ui/section";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { answerOf } from "@/lib/client/answer-of";
import { formatDate } from "@/lib/format/dates";
import { OpeningDialog, type OpeningPlace } from "./opening-dialog";
import { openingWords } from "./opening-words";
import type { OpeningActions } from "./ytd-actions";

/** One balance as it travels to the browser. */
export interface OpeningItem {
  id: string;
  version: number;
  category: string;
  employer: boolean | null;
  currency: string;
  /** Minor units in digits, and as text. */
  amountCents: string;
  amount: string;
  throughDate: string;
  note: string | null;
}

interface OpeningSectionProps {
  customerId: string;
  year: number;
  items: readonly OpeningItem[];
  /** Records that balances may be entered for; none where the reader may not. */
  places: readonly OpeningPlace[];
  actions: OpeningActions;
}

/** What an administrator says was paid before the statements that are here; marked, and in no sum of lines. */
export function OpeningSection({ customerId, year, items, places, actions }: OpeningSectionProps) {
  const router = useRouter();
  const [open, setOpen] = useState<OpeningItem | "new" | null>(null);
  const mayChange = places.length > 0;
  async function remove({ id, version }: OpeningItem): Promise<string | void> {
    const result = await answerOf(
      actions.remove({ customerId, id, version }),
      "Perch did not answer, so nothing was changed. Try again.",
    );
    if (!result.ok) return result.error.message;
    router.refresh();
  }
  return (
    <Section
      title="Opening balances"
      note={`paid in ${year} before the statements that are here, entered by an administrator`}
      aside={
        mayChange ? (
          <Button size="sm" onClick={() => setOpen("new")}>
            <Plus size={12} aria-hidden="true" />
            Enter a balance
          </Button>
        ) : null
      }
    >
      {items.length === 0 ? (
        <p className="py-3 text-sm text-muted">None. Every figure is made of statements.</p>
      ) : (
        <Table label="Opening balances">
          <THead>
            <TR>
              <TH>Of</TH>
              <TH numeric>Amount</TH>
              <TH wide>Last pay date in it</TH>
              <TH wide>Where it is from</TH>
              {mayChange ? <TH>Change</TH> : null}
            </TR>
          </THead>
          <TBody>
            {items.map((item) => (
              <TR key={item.id}>
                <TD rowHeader>{openingWords(item)}</TD>
                <TD numeric>{item.amount}</TD>
                <TD wide>{formatDate(item.throughDate)}</TD>
                <TD wide wrap>
                  {item.note ?? <span className="text-muted">not said</span>}
                </TD>
                {mayChange ? (
                  <TD>
                    <span className="flex flex-wrap gap-2">
                      <Button size="sm" onClick={() => setOpen(item)}>
                        Change
                      </Button>
                      <ConfirmInPlace
                        label="Take out"
                        question="Take it out of the figures? It stays in the audit."
                        confirmLabel="Take out"
                        keepLabel="Keep it"
                        onConfirm={() => remove(item)}
                      />
                    </span>
                  </TD>
                ) : null}
              </TR>
            ))}
          </TBody>
        </Table>
      )}
      {open ? (
        <OpeningDialog
          customerId={customerId}
          year={year}
          item={open === "new" ? null : open}
          places={places}
          actions={actions}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            router.refresh();
          }}
        />
      ) : null}
    </Section>
  );
}

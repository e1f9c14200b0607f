"use client";

import { useState, type FormEvent } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ActionError } from "@/lib/client/action-result";
import { answerOf } from "@/lib/client/answer-of";
import type { OpeningKind } from "@/lib/domain/payroll/ytd/opening-input";
import { currencyDigits } from "@/lib/format/money";
import { parseMoney } from "@/lib/format/parse-money";
import type { OpeningItem } from "./opening-section";
import { openingLabels, openingWords } from "./opening-words";
import type { OpeningActions } from "./ytd-actions";

/** A record that a balance may be for. */
export interface OpeningPlace {
  individualId: string;
  label: string;
}

interface OpeningDialogProps {
  customerId: string;
  year: number;
  /** Null for a new one. */
  item: OpeningItem | null;
  places: readonly OpeningPlace[];
  actions: OpeningActions;
  onClose: () => void;
  onDone: () => void;
}

/** Enters or changes what was paid before the statements that are here. */
export function OpeningDialog(props: OpeningDialogProps) {
  const { item, year, onClose } = props;
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={
          item
            ? `Change ${openingWords(item).toLowerCase()} of ${year}`
            : `Enter an opening balance of ${year}`
        }
        description="It is added to the figures and marked there. It is never among the lines behind them."
      >
        <OpeningForm {...props} />
      </DialogContent>
    </Dialog>
  );
}

const fields = ["amountCents", "throughDate", "note", "currency", "kind"];

/** Minor units as somebody would type them. */
function asTyped(cents: string, currency: string): string {
  const digits = currencyDigits(currency);
  const text = cents.replace("-", "").padStart(digits + 1, "0");
  const amount = digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
  return cents.startsWith("-") ? `-${amount}` : amount;
}

function OpeningForm({ customerId, year, item, places, actions, onDone }: OpeningDialogProps) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const errorOf = (field: string) => (error?.field === field ? error.message : null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" ? value.trim() : "";
    };
    const currency = item?.currency ?? text("currency").toLowerCase();
    const cents = parseMoney(text("amount"), currencyDigits(currency));
    if (cents === null)
      return setError({
        code: "INVALID",
        field: "amountCents",
        message: "Enter an amount such as 12,345.67.",
      });
    setPending(true);
    setError(null);
    const amount = {
      amountCents: String(cents),
      throughDate: text("throughDate"),
      note: text("note") || null,
    };
    const saved: ReturnType<OpeningActions["create"] | OpeningActions["change"]> = item
      ? actions.change({ customerId, id: item.id, version: item.version, ...amount })
      : actions.create({
          customerId,
          individualId: text("individualId") || (places[0]?.individualId ?? ""),
          kind: text("kind") as OpeningKind,
          currency,
          year,
          ...amount,
        });
    const result = await answerOf<{ id: string } | { changed: true }>(
      saved,
      "Perch did not answer, so nothing was changed. Try again.",
    );
    setPending(false);
    if (result.ok) onDone();
    else setError(result.error);
  }

  return (
    <form onSubmit={submit} className="grid gap-4" noValidate>
      {item ? null : <NewFields places={places} errorOf={errorOf} />}
      <Field label="Amount" error={errorOf("amountCents")}>
        <Input
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={item ? asTyped(item.amountCents, item.currency) : ""}
          required
        />
      </Field>
      <Field
        label="Last pay date in it"
        hint={`A day of ${year} before the first statement that is here.`}
        error={errorOf("throughDate")}
      >
        <Input type="date" name="throughDate" defaultValue={item?.throughDate ?? ""} required />
      </Field>
      <Field
        label="Where it is from"
        optional
        hint="Such as: final register of the provider before."
        error={errorOf("note")}
      >
        <Input name="note" defaultValue={item?.note ?? ""} maxLength={500} autoComplete="off" />
      </Field>
      {error && !fields.includes(error.field ?? "") ? (
        <Banner tone="attention" role="alert" headingLevel={3} title="Nothing was changed" stacked>
          {error.message}
        </Banner>
      ) : null}
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending} pendingLabel="Saving">
          {item ? "Save" : "Enter balance"}
        </Button>
      </div>
    </form>
  );
}

interface NewFieldsProps {
  places: readonly OpeningPlace[];
  errorOf: (field: string) => string | null;
}

function NewFields({ places, errorOf }: NewFieldsProps) {
  return (
    <>
      {places.length > 1 ? (
        <Field label="Record">
          <Select
            name="individualId"
            options={places.map(({ individualId, label }) => ({ value: individualId, label }))}
          />
        </Field>
      ) : null}
      <Field label="Of" error={errorOf("kind")}>
        <Select
          name="kind"
          data-autofocus=""
          options={Object.entries(openingLabels).map(([value, label]) => ({ value, label }))}
        />
      </Field>
      <Field label="Currency" error={errorOf("currency")}>
        <Input name="currency" defaultValue="USD" maxLength={3} autoComplete="off" spellCheck={false} />
      </Field>
    </>
  );
}

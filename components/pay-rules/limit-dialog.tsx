"use client";

import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { notify } from "@/components/ui/notices";
import type { ActionError, ActionResult } from "@/lib/client/action-result";
import type { LimitCellView, LimitRowView } from "@/lib/domain/payroll/limits/list-limits";
import { formatMoney } from "@/lib/format/money";
import { parseMoney } from "@/lib/format/parse-money";

export type ConfirmLimitAction = (input: {
  customerId: string;
  year: number;
  limitKey: LimitRowView["key"];
  amountCents: string;
  source: string;
  version: number | null;
}) => Promise<ActionResult<{ year: number }>>;

interface LimitDialogProps {
  customerId: string;
  limit: LimitRowView;
  cell: LimitCellView;
  confirmLimit: ConfirmLimitAction;
  onClose: () => void;
}

const unreachable: ActionError = {
  code: "UNREACHABLE",
  message: "Perch did not answer, so nothing was changed. Check your network and try again.",
};

/** One figure with its source. It holds for the whole employer from then on. */
export function LimitDialog(props: LimitDialogProps) {
  const { limit, cell, onClose } = props;
  const known = cell.value.kind === "unconfirmed";
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={`${limit.label}, ${cell.year}`}
        description={
          known
            ? "Perch holds this figure, but no source for it. Compare it with one and say which."
            : "Estimates of this year use the figure from then on. It is recorded with your name."
        }
      >
        <LimitForm {...props} />
      </DialogContent>
    </Dialog>
  );
}

function LimitForm({ customerId, limit, cell, confirmLimit, onClose }: LimitDialogProps) {
  const router = useRouter();
  const held =
    "amountCents" in cell.value ? formatMoney(cell.value.amountCents, "USD", { symbol: false }) : "";
  const [amount, setAmount] = useState(held.replace(/\.00$/, ""));
  const [source, setSource] = useState(cell.confirmed?.source ?? "");
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const cents = parseMoney(amount);
  const problems = {
    amountCents: cents === null || cents <= 0n ? "Enter an amount in dollars, such as 24,500." : null,
    source: source.trim().length < 5 ? "Say where the figure stands, for example an IRS notice." : null,
  };
  const errorOf = (field: keyof typeof problems) =>
    (tried ? problems[field] : null) ?? (error?.field === field ? error.message : null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    setTried(true);
    if (cents === null || problems.amountCents || problems.source) return;
    setPending(true);
    setError(null);
    const result = await confirmLimit({
      customerId,
      year: cell.year,
      limitKey: limit.key,
      amountCents: cents.toString(),
      source,
      version: cell.confirmed?.version ?? null,
    }).catch(() => ({ ok: false as const, error: unreachable }));
    setPending(false);
    if (!result.ok) return setError(result.error);
    notify({ tone: "healthy", title: `${limit.label} of ${cell.year} is entered` });
    router.refresh();
    onClose();
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label="Amount in US dollars" error={errorOf("amountCents")}>
        <Input
          inputMode="decimal"
          autoComplete="off"
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
      </Field>
      <Field
        label="Source"
        hint="The document and where in it, for example “IRS Notice 2025-67, section 3”."
        error={errorOf("source")}
      >
        <Input
          autoComplete="off"
          maxLength={300}
          value={source}
          onChange={(event) => setSource(event.target.value)}
        />
      </Field>
      {error && error.field !== "amountCents" && error.field !== "source" ? (
        <Banner tone="attention" role="alert" headingLevel={3} title="The limit was not entered" stacked>
          {error.message}
        </Banner>
      ) : null}
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          {cell.value.kind === "unconfirmed" ? "Confirm" : "Enter"}
        </Button>
      </div>
    </form>
  );
}

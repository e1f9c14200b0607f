import { Money } from "@/components/ui/money";
import { cn } from "@/components/ui/cn";
import type { Sheet } from "./sheet";

const names = { "−": "minus", "+": "plus", "=": "equals" };

/** Gross, what is taken from it, and net, in figures that are read first. */
export function PayslipEquation({ sheet, provider }: { sheet: Sheet; provider: string }) {
  return (
    <div
      role="group"
      aria-label="From gross to net"
      className="flex flex-wrap items-end gap-x-[22px] gap-y-2 border-t border-line-strong pt-3.5 pb-3 max-md:block print:flex print:gap-x-3 print:pt-2 print:pb-1"
    >
      {sheet.equation.map(({ label, sign, amount, currency }, at) => {
        const isNet = at === sheet.equation.length - 1;
        return (
          <div
            key={label}
            className="flex items-end gap-x-[22px] max-md:grid max-md:grid-cols-[18px_minmax(0,1fr)] max-md:items-baseline max-md:gap-x-2 print:flex print:items-end print:gap-x-3"
          >
            {sign ? (
              <span className="text-xl leading-normal text-muted">
                <span aria-hidden="true">{sign}</span>
                <span className="sr-only">{names[sign]}</span>
              </span>
            ) : (
              <span className="md:hidden print:hidden" />
            )}
            <div className="max-md:flex max-md:items-baseline max-md:justify-between print:block">
              <span className="block text-xs leading-[1.4] text-muted max-md:text-sm max-md:text-secondary print:text-xs">
                {label}
              </span>
              <Money
                amount={amount}
                currency={currency}
                provider={provider}
                figure
                className={cn(
                  "tracking-figure block leading-tight font-medium max-md:text-lg",
                  isNet
                    ? "border-b-[3px] border-double border-accent text-3xl text-accent max-md:text-xl print:text-2xl"
                    : "text-2xl print:text-xl",
                )}
              />
            </div>
          </div>
        );
      })}
    </div>
  );
}

const bars = [
  { name: "Net", color: "bg-chart-1", labels: ["Net pay"] },
  { name: "Taxes", color: "bg-chart-2", labels: ["Taxes"] },
  { name: "Deductions", color: "bg-chart-3", labels: ["Deductions"] },
];

/** The same as a bar, where net, taxes and deductions are shares of gross. */
export function PayslipShares({ sheet }: { sheet: Sheet }) {
  const parts = bars.map(({ labels, ...bar }) => {
    const part = sheet.equation.find(({ label }) => labels.some((name) => label.startsWith(name)));
    return { ...bar, part, cents: part?.amount ?? 0n };
  });
  const isPlain =
    sheet.equation.every(({ sign }) => sign !== "+") &&
    parts.every(({ part, cents }) => !part || (cents >= 0n && part.sign !== "+"));
  const total = parts.reduce((sum, { cents }) => sum + cents, 0n);
  const hasOther = sheet.equation.some(
    ({ label }) => label === "Not explained" || label === "Reimbursements",
  );
  if (!isPlain || hasOther || total <= 0n || sheet.equation.length < 3) return null;
  const share = (cents: bigint) => Number((cents * 1000n + total / 2n) / total) / 10;
  const shown = parts.filter(({ cents }) => cents > 0n);
  return (
    <div className="print:hidden">
      <div aria-hidden="true" className="flex h-2 gap-0.5">
        {shown.map(({ name, color, cents }) => (
          <span key={name} className={cn("rounded-[1px]", color)} style={{ flexGrow: share(cents) }} />
        ))}
      </div>
      <ul className="mt-[7px] flex flex-wrap gap-x-4 gap-y-1 text-xs text-secondary">
        {shown.map(({ name, color, cents }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={cn("size-2 rounded-[2px]", color)} />
            {name} {share(cents).toFixed(1)}%
          </li>
        ))}
      </ul>
    </div>
  );
}

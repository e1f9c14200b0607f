import { moneyParts, type MoneyOptions } from "@/lib/format/money";
import { cn } from "./cn";
import { None } from "./value";

export interface MoneyProps extends MoneyOptions {
  /** Minor units: cents in USD. Null shows `<None>`, never 0.00. */
  amount: bigint | number | null | undefined;
  currency: string | null;
  provider?: string | null;
  /** Cents smaller and muted, for figures of a stat row. */
  figure?: boolean;
  className?: string;
}

export function Money({ amount, currency, provider, figure, className, ...options }: MoneyProps) {
  if (amount === null || amount === undefined) return <None provider={provider} className={className} />;
  const parts = moneyParts(amount, currency, options);
  return (
    <span className={cn("whitespace-nowrap tabular-nums", className)}>
      {parts.lead}
      {parts.whole}
      <span className={figure ? "text-[0.72em] tracking-[-0.01em] text-muted" : undefined}>
        {parts.fraction}
      </span>
      {parts.trail}
    </span>
  );
}

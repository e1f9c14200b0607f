"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { barFigures, figureColors, figureNames, type PayBar } from "./pay-chart-data";

/** The drawing alone, fetched after the page; what it shows stands in a table below it. */

const height = 190;
const axis = {
  stroke: "var(--line-strong)",
  tick: { fill: "var(--text-muted)", fontSize: 11 },
  tickLine: false,
} as const;

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

interface Hovered {
  active?: boolean;
  payload?: readonly { payload?: PayBar }[];
}

function Tip({ active, payload }: Hovered) {
  const bar = active ? payload?.[0]?.payload : undefined;
  if (!bar) return null;
  return (
    <div className="rounded-md border border-line-strong bg-surface-raised px-2.5 py-2 text-xs shadow-float">
      <p className="mb-1 text-muted">{bar.label}</p>
      <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5">
        {barFigures.map((figure) => (
          <div key={figure} className="contents">
            <dt className="text-secondary">{figureNames[figure]}</dt>
            <dd className="text-right font-medium text-ink tabular-nums">{bar.says[figure]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

export function PayChart({ bars }: { bars: readonly PayBar[] }) {
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart
        data={[...bars]}
        margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
        barCategoryGap="22%"
        barGap={1}
        maxBarSize={26}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="tick" minTickGap={12} {...axis} axisLine={{ stroke: "var(--line-strong)" }} />
        <YAxis
          width={52}
          tickCount={4}
          tickFormatter={(value: number) => compact.format(value)}
          {...axis}
          axisLine={false}
        />
        <Tooltip
          content={Tip}
          cursor={{ fill: "var(--surface-hover)", stroke: "var(--line-strong)" }}
          isAnimationActive={false}
        />
        {barFigures.map((figure) => (
          <Bar key={figure} dataKey={figure} fill={figureColors[figure]} isAnimationActive={false} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

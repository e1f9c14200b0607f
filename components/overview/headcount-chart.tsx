"use client";

import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount, formatNumber } from "@/lib/format/money";

/** The drawing alone, fetched after the page; what it shows stands in a table below it. */

export interface HeadcountPoint {
  tick: string;
  label: string;
  people: number;
}

const axis = {
  stroke: "var(--line-strong)",
  tick: { fill: "var(--text-muted)", fontSize: 11 },
  tickLine: false,
} as const;

interface Hovered {
  active?: boolean;
  payload?: readonly { payload?: HeadcountPoint }[];
}

function Tip({ active, payload }: Hovered) {
  const point = active ? payload?.[0]?.payload : undefined;
  if (!point) return null;
  return (
    <div className="rounded-md border border-line-strong bg-surface-raised px-2.5 py-2 text-xs shadow-float">
      <p className="text-muted">{point.label}</p>
      <p className="font-medium text-ink">{formatCount(point.people, "person", "people")}</p>
    </div>
  );
}

export function HeadcountChart({ points }: { points: readonly HeadcountPoint[] }) {
  return (
    <ResponsiveContainer width="100%" height={132}>
      <AreaChart
        data={[...points]}
        margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="tick"
          minTickGap={16}
          interval="preserveStartEnd"
          {...axis}
          axisLine={{ stroke: "var(--line-strong)" }}
        />
        <YAxis
          width={52}
          tickCount={4}
          allowDecimals={false}
          tickFormatter={formatNumber}
          {...axis}
          axisLine={false}
        />
        <Tooltip content={Tip} cursor={{ stroke: "var(--line-strong)" }} isAnimationActive={false} />
        <Area
          dataKey="people"
          type="linear"
          stroke="var(--chart-1)"
          strokeWidth={1.75}
          fill="var(--chart-1)"
          fillOpacity={0.12}
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}

"use client";

import type { ReactNode } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatDuration } from "@/lib/format/dates";
import { formatNumber } from "@/lib/format/money";
import type { ChartBucket } from "./chart-data";

/** The drawings alone. They are fetched after the page; what they show stands in a table beside them. */

const height = 132;
/** "210 ms" and "100,000" on one line. */
const axisWidth = 58;
const margin = { top: 6, right: 4, bottom: 0, left: 0 };
const axis = {
  stroke: "var(--line-strong)",
  tick: { fill: "var(--text-muted)", fontSize: 11 },
  tickLine: false,
} as const;

interface ChartProps {
  buckets: readonly ChartBucket[];
}

const xAxis = (
  <XAxis
    dataKey="tick"
    minTickGap={36}
    interval="preserveStartEnd"
    {...axis}
    axisLine={{ stroke: "var(--line-strong)" }}
  />
);
const grid = <CartesianGrid vertical={false} stroke="var(--line)" />;
const cursor = { fill: "var(--surface-hover)", stroke: "var(--line-strong)" };

function yAxis(format: (value: number) => string) {
  return (
    <YAxis
      width={axisWidth}
      tickCount={4}
      tickFormatter={format}
      allowDecimals={false}
      {...axis}
      axisLine={false}
    />
  );
}

interface Hovered {
  active?: boolean;
  payload?: readonly { payload?: ChartBucket }[];
}

function tip(lines: (bucket: ChartBucket) => [string, string][]) {
  return function Tip({ active, payload }: Hovered) {
    const bucket = active ? payload?.[0]?.payload : undefined;
    if (!bucket) return null;
    return (
      <div className="rounded-md border border-line-strong bg-surface-raised px-2.5 py-2 text-xs shadow-float">
        <p className="mb-1 text-muted">{bucket.label}</p>
        <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5">
          {lines(bucket).map(([name, value]) => (
            <Entry key={name} name={name}>
              {value}
            </Entry>
          ))}
        </dl>
      </div>
    );
  };
}

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-secondary">{name}</dt>
      <dd className="text-right font-medium text-ink">{children}</dd>
    </>
  );
}

const RequestTip = tip(({ requests, failed, pending }) => [
  ["Requests", formatNumber(requests)],
  ["Failed", formatNumber(failed)],
  ["Not ready (202)", formatNumber(pending)],
]);
const ErrorTip = tip(({ errorPercent, failed }) => [
  ["Error rate", errorPercent === null ? "none" : `${errorPercent}%`],
  ["Failed", formatNumber(failed)],
]);
const duration = (ms: number | null) => (ms === null ? "none" : formatDuration(ms));
const LatencyTip = tip(({ p50Ms, p95Ms }) => [
  ["p95", duration(p95Ms)],
  ["p50", duration(p50Ms)],
]);

export function RequestsChart({ buckets }: ChartProps) {
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart data={[...buckets]} margin={margin} barCategoryGap={1} accessibilityLayer={false}>
        {grid}
        {xAxis}
        {yAxis(formatNumber)}
        <Tooltip content={RequestTip} cursor={cursor} isAnimationActive={false} />
        <Bar dataKey="answered" stackId="all" fill="var(--neutral-solid)" isAnimationActive={false} />
        <Bar dataKey="pending" stackId="all" fill="var(--waiting-solid)" isAnimationActive={false} />
        <Bar dataKey="failed" stackId="all" fill="var(--failing-solid)" isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}

/** Four round marks up to the highest rate; a single failure must not fill the chart, so they reach 6% at least. */
function percentTicks(buckets: readonly ChartBucket[]): number[] {
  const most = Math.max(...buckets.map(({ errorPercent }) => errorPercent ?? 0));
  const step = [2, 5, 10, 15, 20, 25].find((each) => each * 3 >= most);
  return step ? [0, step, 2 * step, 3 * step] : [0, 25, 50, 75, 100];
}

export function ErrorRateChart({ buckets }: ChartProps) {
  const ticks = percentTicks(buckets);
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart data={[...buckets]} margin={margin} barCategoryGap={1} accessibilityLayer={false}>
        {grid}
        {xAxis}
        <YAxis
          width={axisWidth}
          ticks={ticks}
          interval={0}
          domain={[0, ticks.at(-1) ?? 100]}
          tickFormatter={(value: number) => `${value}%`}
          {...axis}
          axisLine={false}
        />
        <Tooltip content={ErrorTip} cursor={cursor} isAnimationActive={false} />
        <Bar dataKey="errorPercent" fill="var(--failing-solid)" isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}

export function LatencyChart({ buckets }: ChartProps) {
  const line = {
    type: "linear",
    strokeWidth: 1.75,
    dot: false,
    isAnimationActive: false,
    connectNulls: false,
  } as const;
  return (
    <ResponsiveContainer width="100%" height={height}>
      <LineChart data={[...buckets]} margin={margin} accessibilityLayer={false}>
        {grid}
        {xAxis}
        {yAxis(formatDuration)}
        <Tooltip content={LatencyTip} cursor={{ stroke: "var(--line-strong)" }} isAnimationActive={false} />
        <Line dataKey="p95Ms" stroke="var(--chart-2)" {...line} />
        <Line dataKey="p50Ms" stroke="var(--chart-1)" {...line} />
      </LineChart>
    </ResponsiveContainer>
  );
}

"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** recharts is 90 kB: it comes once the page stands. Until then, and without scripts, the table is there. */
export const LazyPayChart = dynamic(() => import("./pay-chart").then((module) => module.PayChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[190px] rounded-sm" />,
});

"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** recharts is 90 kB: it comes once the page stands. Until then, and without scripts, the table is there. */
export const LazyHeadcountChart = dynamic(
  () => import("./headcount-chart").then((module) => module.HeadcountChart),
  { ssr: false, loading: () => <Skeleton className="h-[132px] rounded-sm" /> },
);

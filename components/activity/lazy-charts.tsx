"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** recharts is 90 kB: it comes once the page stands. Until then, and without scripts, the figures and the table are there. */

const loading = () => <Skeleton className="h-[132px] rounded-sm" />;

export const RequestsChart = dynamic(
  () => import("./request-charts").then((module) => module.RequestsChart),
  {
    ssr: false,
    loading,
  },
);
export const ErrorRateChart = dynamic(
  () => import("./request-charts").then((module) => module.ErrorRateChart),
  { ssr: false, loading },
);
export const LatencyChart = dynamic(() => import("./request-charts").then((module) => module.LatencyChart), {
  ssr: false,
  loading,
});

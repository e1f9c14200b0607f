import { OverviewSkeleton } from "@/components/ui/page-skeletons";

export default function Loading() {
  return <OverviewSkeleton label="jobs" />;
}

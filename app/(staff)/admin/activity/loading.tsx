import { ChartsSkeleton } from "@/components/ui/page-skeletons";

export default function Loading() {
  return <ChartsSkeleton label="activity" />;
}

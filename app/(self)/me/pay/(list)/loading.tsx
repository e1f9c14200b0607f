import { TableSkeleton } from "@/components/ui/page-skeletons";

export default function Loading() {
  return <TableSkeleton label="your pay" />;
}

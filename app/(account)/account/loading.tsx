import { TableSkeleton } from "@/components/ui/page-skeletons";

export default function AccountLoading() {
  return <TableSkeleton />;
}

import { ConnectionSkeleton } from "@/components/ui/page-skeletons";

export default function Loading() {
  return <ConnectionSkeleton />;
}

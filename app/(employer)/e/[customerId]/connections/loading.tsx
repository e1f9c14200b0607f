import { CardsSkeleton } from "@/components/ui/page-skeletons";

export default function Loading() {
  return <CardsSkeleton label="connections" />;
}

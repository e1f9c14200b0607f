import { DetailSkeleton } from "@/components/ui/page-skeletons";

export default function Loading() {
  return <DetailSkeleton label="your profile" />;
}

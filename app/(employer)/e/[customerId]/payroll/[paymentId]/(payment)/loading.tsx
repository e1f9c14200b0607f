import { PaymentSkeleton } from "@/components/payroll/payroll-skeletons";

export default function Loading() {
  return <PaymentSkeleton />;
}

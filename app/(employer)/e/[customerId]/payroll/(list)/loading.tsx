import { PayrollSkeleton } from "@/components/payroll/payroll-skeletons";

export default function Loading() {
  return <PayrollSkeleton />;
}

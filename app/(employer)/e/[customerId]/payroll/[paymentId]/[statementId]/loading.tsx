import { PayslipSkeleton } from "@/components/payslip/payslip-skeleton";

export default function Loading() {
  return <PayslipSkeleton />;
}

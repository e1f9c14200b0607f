import type { PayslipView } from "./payslip-view";

const slug = (text: string) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");

/** What a payslip's file is called: "hanna-abebe-payslip-2026-11-06.pdf". Letters, digits and hyphens only. Pure. */
export function payslipFileName({ person, payDate }: Pick<PayslipView, "person" | "payDate">): string {
  const whose = slug(person.name ?? "") || "person";
  return `${whose}-payslip-${slug(payDate ?? "") || "undated"}.pdf`;
}

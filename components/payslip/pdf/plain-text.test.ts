import fc from "fast-check";
import { expect, it } from "vitest";
import { payslipFileName } from "@/lib/domain/payroll/statements/payslip-file-name";
import { plainText } from "./plain-text";

it("leaves names, figures and signs as they are", () => {
  for (const text of ["Zoë Ångström-O’Neil", "−1,234.56", "≥ 10.00", "May 1 – May 15", "401(k) 6.00%"])
    expect(plainText(text)).toBe(text);
});

it("takes out what controls, turns or hides text", () => {
  expect(plainText("Ann\u202Egnp.exe\u200B \u0007Lee\nDoe\u2066x\u2069\uFEFF")).toBe("Anngnp.exe Lee Doex");
});

it("whatever the text is, nothing of the kind is left", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(plainText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|^ | $/u);
    }),
  );
});

it("a file's name is of letters, digits and hyphens, whoever it is", () => {
  const name = (whose: string | null, payDate: string | null) =>
    payslipFileName({
      person: { id: "", name: whose, title: null, department: null, isHidden: false },
      payDate,
    });
  expect(name("Zoë O’Neil", "2026-11-06")).toBe("zoe-o-neil-payslip-2026-11-06.pdf");
  expect(name(null, null)).toBe("person-payslip-undated.pdf");
  expect(name('../..\\"; filename="x.exe', "2026-11-06")).toBe("filename-x-exe-payslip-2026-11-06.pdf");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (whose) => {
      expect(name(whose, "2026-11-06")).toMatch(/^[a-z0-9-]{1,80}-payslip-2026-11-06\.pdf$/);
    }),
  );
});

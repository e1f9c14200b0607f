import { renderToBuffer } from "@react-pdf/renderer";
import type { PayslipView } from "@/lib/domain/payroll/statements/payslip-view";
import { loadFonts } from "./fonts";
import { PayslipDocument } from "./payslip-document";

/** A payslip as the bytes of a PDF. */
export async function renderPayslip(view: PayslipView): Promise<Uint8Array<ArrayBuffer>> {
  await loadFonts();
  return new Uint8Array(await renderToBuffer(<PayslipDocument view={view} />));
}

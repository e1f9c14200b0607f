import { ExportMenu, type ExportChoice } from "@/components/export/export-menu";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { findLastExports } from "@/lib/domain/export/find-last-exports";
import type { Selection } from "@/lib/domain/export/selection";
import { formatInstant } from "@/lib/format/dates";

interface ExportsProps {
  ctx: CustomerContext;
  tables: readonly {
    label: string;
    href: string;
    /** Left out where rows are nobody's in particular, so that no last export is kept. */
    selection?: Selection;
  }[];
  zone: string;
}

/** The tables of a page as files, for whoever may take them along. */
export async function Exports({ ctx, tables, zone }: ExportsProps) {
  if (!can(ctx, "payroll:export") || tables.length === 0) return null;
  // Last exports are kept for whoever may see pay: nobody else is offered what changed since.
  const isKept = can(ctx, "payroll:read");
  const selections = isKept ? tables.flatMap(({ selection }) => selection ?? []) : [];
  const last = new Map((await findLastExports(ctx, selections)).map((at, n) => [selections[n], at]));
  const choices = tables.map(({ label, href, selection }): ExportChoice => {
    if (!selection || !isKept) return { label, href };
    const at = last.get(selection);
    return { label, href, since: at ? formatInstant(at, zone) : null };
  });
  return <ExportMenu choices={choices} />;
}

import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { RetentionKindView } from "@/lib/domain/retention/get-retention";

/** What is kept how long, by which setting, and what the last run deleted of it. */
export function RetentionSettings({ kinds }: { kinds: readonly RetentionKindView[] }) {
  return (
    <Table label="What is kept how long" density="relaxed">
      <THead>
        <TR>
          <TH>Data</TH>
          <TH wide>Kept</TH>
          <TH wide>Setting</TH>
          <TH numeric wide>
            Deleted last
          </TH>
        </TR>
      </THead>
      <TBody>
        {kinds.map(({ key, label, deletes, kept, setting, last }) => (
          <TR key={key}>
            <TD rowHeader wrap>
              {label}
              <SubLine className="max-w-[72ch]">{deletes}</SubLine>
              <SubLine className="md:hidden">
                Kept {kept}
                {setting ? `, by ${setting}` : ""}. {last ? `Deleted last: ${last}.` : "No run yet."}
              </SubLine>
            </TD>
            <TD wide wrap>
              {kept}
            </TD>
            <TD wide className="font-mono text-xs text-secondary">
              {setting ?? <span className="font-sans text-muted">fixed</span>}
            </TD>
            <TD numeric wide className="text-secondary">
              {last ?? <span className="text-muted">no run yet</span>}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

import { FieldValue } from "@/components/individuals/field-value";
import { Chip } from "@/components/ui/status-chip";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { None, Syncing } from "@/components/ui/value";
import type { DocumentView } from "@/lib/domain/documents/to-document-view";
import { enumLabel } from "@/lib/format/enums";
import { paths } from "@/lib/paths";

interface DocumentsTableProps {
  customerId: string;
  rows: readonly DocumentView[];
  severalSources: boolean;
}

/** Tax forms by person; each opens what was filled in. */
export function DocumentsTable({ customerId, rows, severalSources }: DocumentsTableProps) {
  return (
    <Table label="Tax forms" density="compact">
      <THead>
        <TR>
          <TH>Person</TH>
          <TH>Form</TH>
          <TH numeric>Year</TH>
          <TH wide>Filing status</TH>
          <TH wide>State</TH>
          {severalSources ? <TH wide>From</TH> : null}
        </TR>
      </THead>
      <TBody>
        {rows.map((row) => (
          <TR key={row.id}>
            <TD rowHeader className="max-w-[240px] truncate max-md:max-w-[150px]">
              <RowLink href={paths.document(customerId, row.id)}>
                {row.person?.name ?? "Nobody named"}
              </RowLink>
              {row.person?.gone ? <SubLine>no longer in the directory</SubLine> : null}
            </TD>
            <TD wrap className="text-secondary">
              {formName(row.type)}
            </TD>
            <TD numeric>{row.year ?? <None provider={row.connection.providerName} />}</TD>
            <TD wide className="max-w-[280px] truncate">
              <FieldValue field={row.filingStatus} provider={row.connection.providerName}>
                {(status) => enumLabel("w4FilingStatus", status)}
              </FieldValue>
            </TD>
            <TD wide>
              <FormState state={row.state} />
            </TD>
            {severalSources ? <TD wide>{row.connection.providerName}</TD> : null}
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

/** What a form is called; one of a kind that Finch added since by its own name. */
export const formName = (type: string | null) => enumLabel("documentType", type) ?? "Form of unknown kind";

function FormState({ state }: { state: DocumentView["state"] }) {
  if (state === "read")
    return (
      <Chip tone="healthy" shape="check" plain>
        Here
      </Chip>
    );
  if (state === "syncing") return <Syncing label="being read" />;
  return (
    <Chip tone="failing" shape="octagon" plain>
      not readable
    </Chip>
  );
}

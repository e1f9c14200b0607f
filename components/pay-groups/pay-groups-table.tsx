import { FieldValue } from "@/components/individuals/field-value";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { None } from "@/components/ui/value";
import type { PayGroupsView } from "@/lib/domain/pay-groups/views";
import { formatDate } from "@/lib/format/dates";
import { formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { Frequencies, payGroupName } from "./frequencies";
import { PayDateSource, whyUnknown } from "./pay-date-words";

/** The employer's pay groups; each opens its people and its calendar. */
export function PayGroupsTable({ customerId, view }: { customerId: string; view: PayGroupsView }) {
  const severalSources = view.sources.length > 1;
  return (
    <Table label="Pay groups" density="relaxed">
      <THead>
        <TR>
          <TH>Pay group</TH>
          <TH wide>Paid</TH>
          <TH numeric>People</TH>
          <TH wide numeric>
            Last pay date
          </TH>
          <TH>Next pay date</TH>
          {severalSources ? <TH wide>From</TH> : null}
        </TR>
      </THead>
      <TBody>
        {view.groups.map((group) => (
          <TR key={group.id}>
            <TD rowHeader wrap>
              <RowLink href={paths.payGroup(customerId, group.id)}>{payGroupName(group)}</RowLink>
              {group.entity ? <SubLine>{group.entity}</SubLine> : null}
            </TD>
            <TD wide>
              <Frequencies group={group} />
            </TD>
            <TD numeric>
              <FieldValue field={group.members} provider={group.source.providerName} end>
                {formatNumber}
              </FieldValue>
            </TD>
            <TD wide numeric>
              {group.lastPayDate ? (
                formatDate(group.lastPayDate)
              ) : (
                <None provider={group.source.providerName} />
              )}
            </TD>
            <TD wrap>
              {group.nextPayDate ? (
                <>
                  {formatDate(group.nextPayDate.payDate)}{" "}
                  <PayDateSource date={group.nextPayDate} confidence={group.confidence} />
                </>
              ) : (
                <>
                  unknown
                  <SubLine>{whyUnknown(group.reason)}</SubLine>
                </>
              )}
            </TD>
            {severalSources ? <TD wide>{group.source.providerName}</TD> : null}
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { StatusChip } from "@/components/ui/status-chip";
import { TextLink } from "@/components/ui/link";
import type { FleetCustomerView } from "@/lib/domain/customers/list-fleet-customers";
import { dateInZone, formatDate } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";

/** Employers: how many people, and how their connections are. */
export function CustomersTable({ customers }: { customers: readonly FleetCustomerView[] }) {
  return (
    <Table label="Employers" density="relaxed">
      <THead>
        <TR>
          <TH>Employer</TH>
          <TH>Connections</TH>
          <TH wide numeric>
            People
          </TH>
          <TH wide numeric>
            Active
          </TH>
          <TH wide numeric>
            Here since
          </TH>
        </TR>
      </THead>
      <TBody>
        {customers.map((customer) => (
          <TR key={customer.id}>
            <TD rowHeader>
              <RowLink href={paths.connections(customer.id)} prefetch={false}>
                {customer.name}
              </RowLink>
              <SubLine className="md:hidden">{formatCount(customer.people, "person", "people")}</SubLine>
            </TD>
            <TD wrap>
              <Connections customer={customer} />
            </TD>
            <TD wide numeric>
              {formatNumber(customer.people)}
            </TD>
            <TD wide numeric>
              {formatNumber(customer.activePeople)}
            </TD>
            <TD wide numeric className="text-secondary">
              {formatDate(dateInZone(customer.createdAt, null))}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

const shownConnections = 4;

function Connections({ customer }: { customer: FleetCustomerView }) {
  const { connections } = customer;
  if (connections.length === 0) return <span className="text-muted">not connected</span>;
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-0.5">
      {connections.slice(0, shownConnections).map(({ id, providerName, status }) => (
        <span key={id} className="inline-flex items-center gap-1.5">
          <TextLink href={paths.connection(customer.id, id)} prefetch={false} quiet>
            {providerName}
          </TextLink>
          <StatusChip status={status} plain />
        </span>
      ))}
      {connections.length > shownConnections ? (
        <span className="text-muted">and {connections.length - shownConnections} more</span>
      ) : null}
    </span>
  );
}

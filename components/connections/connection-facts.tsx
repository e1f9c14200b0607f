import { Copyable } from "@/components/ui/copyable";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { Section } from "@/components/ui/section";
import { formatDate, dateInZone } from "@/lib/format/dates";
import { formatNumber } from "@/lib/format/money";
import type { ConnectionDetailView, FieldSupportView } from "@/lib/domain/connections/views";
import { listProducts } from "./connection-look";

function Fields({ fields }: { fields: FieldSupportView }) {
  const summary = `${formatNumber(fields.supported.length)} supported, ${formatNumber(fields.unsupported.length)} not`;
  if (fields.unsupported.length === 0) return summary;
  return (
    <details>
      <summary className="cursor-pointer py-0.5 text-accent underline decoration-accent-line underline-offset-[3px]">
        {summary}
      </summary>
      <p className="mt-1 text-left text-xs text-muted">Not filled by the provider:</p>
      <ul className="text-left font-mono text-xs leading-[1.6] text-secondary">
        {fields.unsupported.map((field) => (
          <li key={field}>{field}</li>
        ))}
      </ul>
    </details>
  );
}

interface ConnectionFactsProps {
  connection: ConnectionDetailView;
  fields: FieldSupportView | null;
}

/** Ids, products and companies of a connection. */
export function ConnectionFacts({ connection, fields }: ConnectionFactsProps) {
  const { products, lostProducts, absentProducts, entities } = connection;
  const asked = products.length + lostProducts.length + absentProducts.length;
  const names = entities.flatMap(({ name }) => name ?? []);
  return (
    <Section title="Facts">
      <DefinitionList>
        <Definition term="Connection id">
          <Copyable value={connection.finchConnectionId} label="connection id" short />
        </Definition>
        <Definition term="Provider id">
          <span className="font-mono text-xs">{connection.providerId}</span>
        </Definition>
        <Definition term="Kind">
          {connection.syncKind === "assisted" ? "assisted, weekly" : "automated, daily"}
        </Definition>
        <Definition term="Connected">
          {formatDate(dateInZone(new Date(connection.createdAt), connection.timeZone))}
        </Definition>
        <Definition term="Products">
          {products.length} granted of {asked}
        </Definition>
        {lostProducts.length > 0 ? (
          <Definition term="No longer shared">{listProducts(lostProducts)}</Definition>
        ) : null}
        {absentProducts.length > 0 ? (
          <Definition term="Not shared yet">
            {listProducts(absentProducts)}. Reconnect to share that too.
          </Definition>
        ) : null}
        {fields ? (
          <Definition term="Fields">
            <Fields fields={fields} />
          </Definition>
        ) : null}
        {entities.length > 1 ? (
          <Definition term="Companies">
            {names.length > 0 ? names.join(", ") : formatNumber(entities.length)}
          </Definition>
        ) : null}
      </DefinitionList>
    </Section>
  );
}

import { Perch } from "@/components/ui/freshness-perch";
import { Section } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import { Chip } from "@/components/ui/status-chip";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { NoAccess } from "@/components/ui/value";
import { formatInstant } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import type { EntityFreshnessView, ProductFreshnessView } from "@/lib/domain/connections/detail/to-freshness";
import { productLabel } from "./connection-look";
import { connectionHref, type ConnectionAddress } from "./connection-url";
import {
  ageLook,
  attemptWord,
  entitiesToShow,
  oldestOf,
  productLook,
  type FreshnessLook,
} from "./freshness-look";
import { entityName, type EntityName } from "./sync-steps";

interface FreshnessTableProps {
  products: readonly ProductFreshnessView[];
  entities: readonly EntityName[];
  providerName: string;
  /** The saved sign-in is refused: nothing is fetched until somebody signs in. */
  waitsForPerson: boolean;
  zone: string;
  now: string;
  /** The page's own path. */
  here: string;
  address: ConnectionAddress;
}

type Place = Omit<FreshnessTableProps, "products">;

/** Instants of one place and time, without the year where it is this one. */
const clock =
  ({ zone, now }: Place) =>
  (instant: string | null) =>
    instant === null ? null : formatInstant(instant, zone, { now: new Date(now) });

function State({ look }: { look: FreshnessLook }) {
  if (look.kind === "no_access") return <NoAccess reason={look.why} />;
  if (look.kind === "text") return <span className="text-muted">{look.word}</span>;
  return (
    <Chip tone={look.tone} shape={look.shape} plain>
      {look.word}
    </Chip>
  );
}

function Times({ facts, place }: { facts: EntityFreshnessView | undefined; place: Place }) {
  const at = clock(place);
  const age = facts && ageLook(facts, place.now);
  return (
    <>
      <TD wide className="text-secondary">
        {at(facts?.asOf ?? null) ?? (
          <span className="text-muted">{facts?.fetchedAt ? "not said" : "never"}</span>
        )}
        {facts?.fetchedAt ? <SubLine>read {at(facts.fetchedAt)}</SubLine> : null}
      </TD>
      <TD wide className="text-secondary">
        {at(facts?.lastAttemptAt ?? null) ?? <span className="text-muted">–</span>}
        {facts?.lastAttemptResult ? <SubLine>{attemptWord(facts.lastAttemptResult)}</SubLine> : null}
      </TD>
      <TD wide className="w-[96px]">
        {age ? <Perch state={age.state} at={age.at} /> : null}
      </TD>
    </>
  );
}

function EntityRow({ facts, place }: { facts: EntityFreshnessView; place: Place }) {
  const at = clock(place);
  return (
    <TR>
      <TD rowHeader className="font-normal text-secondary">
        <span className="pl-4">{entityName(place.entities, facts.entityId)}</span>
        <SubLine className="pl-4 md:hidden">as of {at(facts.asOf) ?? "never"}</SubLine>
      </TD>
      <TD wrap>
        <State look={productLook({ entities: [facts], state: facts.state, granted: true }, place, at)} />
      </TD>
      <TD wide />
      <Times facts={facts} place={place} />
    </TR>
  );
}

function ProductRows({ product, place }: { product: ProductFreshnessView; place: Place }) {
  const { entities, records } = product;
  const at = clock(place);
  const several = entities.length > 1;
  const facts = oldestOf(entities);
  return (
    <>
      <TR>
        <TD rowHeader>
          {productLabel(product.product)}
          {facts ? <SubLine className="md:hidden">as of {at(facts.asOf) ?? "never"}</SubLine> : null}
          {several ? (
            <SubLine>oldest of {formatCount(entities.length, "company", "companies")}</SubLine>
          ) : null}
        </TD>
        <TD wrap>
          <State look={productLook(product, place, at)} />
        </TD>
        <TD numeric wide>
          {records === null ? null : formatNumber(records)}
        </TD>
        <Times facts={facts} place={place} />
      </TR>
      {entitiesToShow(entities, place.address.byCompany).map((entity) => (
        <EntityRow key={entity.entityId} facts={entity} place={place} />
      ))}
    </>
  );
}

function Filter({ here, address }: Place) {
  const hrefOf = (byCompany: boolean) => connectionHref(here, { ...address, byCompany });
  return (
    <Segmented
      label="Companies"
      value={address.byCompany ? "company" : "together"}
      items={[
        { value: "together", label: "Together", href: hrefOf(false) },
        { value: "company", label: "By company", href: hrefOf(true) },
      ]}
    />
  );
}

/** Each product with what is held of it, and how old that is by Finch's own headers. */
export function FreshnessTable({ products, ...place }: FreshnessTableProps) {
  const several = products.some(({ entities }) => entities.length > 1);
  return (
    <Section
      id="freshness"
      title="What we hold, and how old it is"
      {...(several ? { aside: <Filter {...place} /> } : {})}
    >
      <Table label="Products">
        <THead>
          <TR>
            <TH>Product</TH>
            <TH>State</TH>
            <TH numeric wide>
              Records
            </TH>
            <TH wide>As of</TH>
            <TH wide>Finch’s last try</TH>
            <TH wide>Age</TH>
          </TR>
        </THead>
        <TBody>
          {products.map((product) => (
            <ProductRows key={product.product} product={product} place={place} />
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

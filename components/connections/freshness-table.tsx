import { Perch } from "@/components/ui/freshness-perch";
import { Section } from "@/components/ui/section";
import { Chip } from "@/components/ui/status-chip";
import type { ShapeName } from "@/components/ui/status-shape";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import { NoAccess } from "@/components/ui/value";
import { formatInstant } from "@/lib/format/dates";
import { formatNumber } from "@/lib/format/money";
import type { ConnectionDetailView, ProductFreshnessView } from "@/lib/domain/connections/views";
import { productLabel } from "./connection-look";

interface Look {
  tone: Tone;
  shape: ShapeName;
  word: string;
}

const refusals = new Set(["reauthenticate", "forbidden_scope", "insufficient_permissions", "setup_required"]);

function lookOf(product: ProductFreshnessView, waitsForPerson: boolean): Look {
  const { stepStatus, stepOutcome, asOf, lastAttemptResult } = product;
  switch (stepStatus) {
    case "succeeded":
      return lastAttemptResult && lastAttemptResult !== "success"
        ? { tone: "attention", shape: "clock", word: "Finch’s last try failed" }
        : { tone: "healthy", shape: "check", word: "Arrived" };
    case "failed":
      return {
        tone: "failing",
        shape: "octagon",
        word: refusals.has(stepOutcome ?? "") ? "Refused" : "Failed",
      };
    case "running":
      return { tone: "waiting", shape: "ring", word: "Arriving" };
    case "waiting":
      return { tone: "waiting", shape: "hourglass", word: "Waits for Finch" };
    default:
      if (waitsForPerson) return { tone: "neutral", shape: "open", word: "Waits for sign-in" };
      if (stepStatus === "pending") return { tone: "neutral", shape: "open", word: "Not started" };
      return { tone: "neutral", shape: "open", word: asOf ? "Not in this sync" : "Not fetched yet" };
  }
}

function State({ product, waitsForPerson }: { product: ProductFreshnessView; waitsForPerson: boolean }) {
  if (product.lost) return <NoAccess reason="It was shared before; reconnect and share it again" />;
  if (!product.granted) return <span className="text-muted">not granted</span>;
  const { tone, shape, word } = lookOf(product, waitsForPerson);
  return (
    <Chip tone={tone} shape={shape} plain>
      {word}
    </Chip>
  );
}

function Row({ product, connection }: { product: ProductFreshnessView; connection: ConnectionDetailView }) {
  const { timeZone, dataAsOf, dataDueAt, status } = connection;
  const now = new Date(connection.now);
  const asOf = product.asOf ? formatInstant(product.asOf, timeZone, { now }) : null;
  const cadenceMs =
    dataAsOf && dataDueAt ? new Date(dataDueAt).getTime() - new Date(dataAsOf).getTime() : null;
  const at =
    product.asOf && cadenceMs ? (now.getTime() - new Date(product.asOf).getTime()) / cadenceMs : null;
  return (
    <TR>
      <TD rowHeader>
        {productLabel(product.product)}
        <SubLine className="md:hidden">{asOf ?? "never"}</SubLine>
      </TD>
      <TD>
        <State product={product} waitsForPerson={status === "action_needed"} />
      </TD>
      <TD numeric wide>
        {product.records === null ? null : formatNumber(product.records)}
      </TD>
      <TD wide className="text-secondary">
        {asOf ?? <span className="text-muted">never</span>}
      </TD>
      <TD wide className="w-[130px]">
        {at === null ? null : <Perch state={at >= 1 ? "late" : "fresh"} at={at} />}
      </TD>
    </TR>
  );
}

/** Each product with what is held of it and how old that is. */
export function FreshnessTable({ connection }: { connection: ConnectionDetailView }) {
  return (
    <Section title="What we hold, and how old it is">
      <Table label="Products">
        <THead>
          <TR>
            <TH>Product</TH>
            <TH>Last sync</TH>
            <TH numeric wide>
              Records
            </TH>
            <TH wide>As of</TH>
            <TH wide>Age</TH>
          </TR>
        </THead>
        <TBody>
          {connection.freshness.map((product) => (
            <Row key={product.product} product={product} connection={connection} />
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

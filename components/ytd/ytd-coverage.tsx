import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Table, TBody, TD, TH, THead, TR, SubLine } from "@/components/ui/table";
import { Masked } from "@/components/ui/value";
import type { UnitCoverage } from "@/lib/domain/payroll/ytd/coverage";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import { formatDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";

const noNames = "Your role does not include who people and their employers are";
const nameOf = ({ legalName, providerName }: UnitCoverage) => legalName ?? providerName;

const days = (list: readonly string[]) =>
  list.length <= 3
    ? list.map(formatDate).join(", ")
    : `${list.slice(0, 3).map(formatDate).join(", ")} and ${list.length - 3} more`;

/** Whether any sum on the page is known to be too small. */
export const isPartial = ({ units, lacking }: Pick<YtdView, "units" | "lacking">) =>
  lacking.people > 0 ||
  units.some(({ pending, incomplete, missing }) => pending + incomplete + missing.length > 0);

function facts(view: YtdView): { name: string; text: ReactNode }[] {
  const waiting = view.units.filter(({ pending }) => pending > 0);
  const broken = view.units.filter(({ incomplete }) => incomplete > 0);
  const missing = view.units.filter((unit) => unit.missing.length > 0);
  return [
    ...waiting.map((unit) => ({
      name: "Still syncing",
      text: `${formatCount(unit.pending, "run")} of ${nameOf(unit)}: ${unit.providerName} has not given the statements yet.`,
    })),
    ...broken.map((unit) => ({
      name: "Incomplete",
      text: `${formatCount(unit.incomplete, "run")} of ${nameOf(unit)} came in part or with an error; do not file from these rows.`,
    })),
    ...missing.map((unit) => ({
      name: "Missing",
      text: `${nameOf(unit)} should have paid on ${days([...new Set(unit.missing)])}, and no run is here.`,
    })),
  ];
}

/** What the sums lack, by cause; nothing where they are whole. */
export function YtdIncomplete({ customerId, view }: { customerId: string; view: YtdView }) {
  const list = facts(view);
  if (list.length === 0) return null;
  const { people } = view.lacking;
  const isWaiting = list.every(({ name }) => name === "Still syncing");
  return (
    <Banner
      tone={isWaiting ? "waiting" : "attention"}
      title={
        people > 0
          ? `Not complete: ${formatCount(people, "person lacks", "people lack")} statements`
          : "Not complete: runs are missing"
      }
      actions={
        <LinkButton href={paths.connections(customerId)} size="sm">
          See connections
        </LinkButton>
      }
      className="mb-5"
    >
      <dl className="grid gap-x-6 gap-y-1 md:grid-cols-[max-content_minmax(0,1fr)]">
        {list.map(({ name, text }, at) => (
          <div key={at} className="contents">
            <dt className="font-medium max-md:mt-1">{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Banner>
  );
}

function stateOf(unit: UnitCoverage): string {
  if (unit.runs === 0) return "no run in these days";
  if (unit.missing.length + unit.pending + unit.incomplete > 0) return "not complete";
  const through = unit.through ? ` through ${formatDate(unit.through)}` : "";
  return unit.fromStart ? `complete${through}` : `since ${formatDate(unit.since ?? "")}${through}`;
}

/** What each entity's figures cover: first and last pay date, runs found and expected, how far its provider goes back. */
export function YtdCoverageTable({ view: { units, namesPeople } }: { view: YtdView }) {
  if (units.length === 0) return null;
  return (
    <Disclosure summary="What these figures cover" className="mt-6">
      <Table label="Coverage" density="compact">
        <THead>
          <TR>
            <TH>Entity</TH>
            <TH>Coverage</TH>
            <TH wide>First pay date</TH>
            <TH wide>Last pay date</TH>
            <TH numeric>Runs</TH>
            <TH wide>EIN</TH>
          </TR>
        </THead>
        <TBody>
          {units.map((unit) => (
            <TR key={`${unit.connectionId}.${unit.entityId}`}>
              <TD rowHeader wrap>
                {nameOf(unit)}
                <SubLine>
                  {unit.providerName}
                  {unit.windowFrom ? `, which gives no pay from before ${formatDate(unit.windowFrom)}` : null}
                </SubLine>
              </TD>
              <TD wrap>{stateOf(unit)}</TD>
              <TD wide>{unit.firstPayDate ? formatDate(unit.firstPayDate) : "none"}</TD>
              <TD wide>{unit.lastPayDate ? formatDate(unit.lastPayDate) : "none"}</TD>
              <TD numeric>
                {unit.runs - unit.pending - unit.incomplete} of {unit.runs + unit.missing.length}
              </TD>
              <TD wide>
                {namesPeople ? (unit.ein ?? "not given: no W-2 estimate") : <Masked reason={noNames} />}
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Disclosure>
  );
}

import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Table, TBody, TD, TH, THead, TR, SubLine } from "@/components/ui/table";
import { Masked } from "@/components/ui/value";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import { coverageFacts, incompleteTitle, runsRead, unitName, unitState } from "@/lib/format/coverage-words";
import { formatDate } from "@/lib/format/dates";
import { paths } from "@/lib/paths";

const noNames = "Your role does not include who people and their employers are";
/** Whether any sum on the page is known to be too small. */
export const isPartial = ({ units, lacking }: Pick<YtdView, "units" | "lacking">) =>
  lacking.people > 0 ||
  units.some(({ pending, incomplete, missing }) => pending + incomplete + missing.length > 0);

/** What the sums lack, by cause; nothing where they are whole. */
export function YtdIncomplete({ customerId, view }: { customerId: string; view: YtdView }) {
  const list = coverageFacts(view.units);
  if (list.length === 0) return null;
  const { people } = view.lacking;
  const isWaiting = list.every(({ name }) => name === "Still syncing");
  return (
    <Banner
      tone={isWaiting ? "waiting" : "attention"}
      title={incompleteTitle(people)}
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
                {unitName(unit)}
                <SubLine>
                  {unit.providerName}
                  {unit.windowFrom ? `, which gives no pay from before ${formatDate(unit.windowFrom)}` : null}
                </SubLine>
              </TD>
              <TD wrap>{unitState(unit)}</TD>
              <TD wide>{unit.firstPayDate ? formatDate(unit.firstPayDate) : "none"}</TD>
              <TD wide>{unit.lastPayDate ? formatDate(unit.lastPayDate) : "none"}</TD>
              <TD numeric>{runsRead(unit)}</TD>
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

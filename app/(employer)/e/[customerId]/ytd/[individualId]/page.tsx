import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Sections } from "@/components/ui/section";
import { Box1View } from "@/components/ytd/box1-view";
import { DrillView, measureWords } from "@/components/ytd/drill-view";
import { OpeningSection } from "@/components/ytd/opening-section";
import { PersonCoverage } from "@/components/ytd/person-coverage";
import { PersonNotes } from "@/components/ytd/person-notes";
import { PersonFigures } from "@/components/ytd/person-figures";
import { nameOfRow } from "@/components/ytd/row-model";
import { YtdDescription } from "@/components/ytd/ytd-description";
import {
  drillExportHref,
  filterOf,
  readDrillAddress,
  readYtdAddress,
  ytdHref,
  type SearchParams,
} from "@/components/ytd/ytd-url";
import { selectionOf } from "@/lib/domain/export/selection";
import { getYtdPerson, type YtdPersonView } from "@/lib/domain/payroll/ytd/get-ytd-person";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatMoney } from "@/lib/format/money";
import { payTypeLabel } from "@/lib/format/pay-types";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../exports";
import { changeOpeningAction, createOpeningAction, removeOpeningAction } from "../actions";

export const metadata: Metadata = { title: "Lines behind a figure" };

interface PersonPageProps {
  params: Promise<{ customerId: string; individualId: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function YtdPersonPage({ params, searchParams }: PersonPageProps) {
  const { customerId, individualId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  const asked = await searchParams;
  const query = readYtdAddress(asked);
  const address = readDrillAddress(asked);
  const view = await orNotFound(getYtdPerson(ctx, { individualId, query: filterOf(query), ...address }));
  const name = nameOfRow(view.row);
  const back = ytdHref(customerId, query);
  return (
    <>
      <Breadcrumbs
        items={[
          { label: view.customerName, href: paths.employer(customerId) },
          { label: "Year to date", href: back },
          { label: name },
        ]}
      />
      <PageHeader
        title={name}
        description={<YtdDescription view={view} />}
        actions={
          <>
            {view.drill.entries.length > 0 ? (
              <Exports
                ctx={ctx}
                zone={view.timeZone}
                tables={[tableOf(customerId, query, view, address.type)]}
              />
            ) : null}
            {view.row.hidden ? null : (
              <LinkButton href={paths.individual(customerId, view.row.individualId)}>Profile</LinkButton>
            )}
          </>
        }
      />
      <PersonCoverage view={view} />
      <PersonNotes customerId={customerId} view={view} />
      <PersonFigures customerId={customerId} query={query} view={view} type={address.type} />
      <Sections className="mt-6">
        {view.of === "box1" ? (
          <Box1View
            customerId={customerId}
            year={view.period.year}
            box1={view.box1}
            enteredCents={
              view.row.figures.find(({ currency }) => currency === "usd")?.opening?.grossCents ?? 0n
            }
          />
        ) : null}
        <DrillView customerId={customerId} view={view} title={titleOf(view, address.type)} />
        <Openings customerId={customerId} view={view} />
      </Sections>
    </>
  );
}

function tableOf(customerId: string, query: YtdQuery, view: YtdPersonView, type: string | null | undefined) {
  const figure = { individualId: view.row.individualId, of: view.of, currency: view.currency, type };
  return {
    label: titleOf(view, type),
    href: drillExportHref(customerId, view.row.individualId, query, figure),
    selection: selectionOf.ytdLines(filterOf(query), view.period, figure),
  };
}

function titleOf({ of, currency }: YtdPersonView, type: string | null | undefined): string {
  const what = of === "box1" ? "All lines of the year" : measureWords[of];
  const kind =
    of === "earnings" && type !== undefined ? `, ${payTypeLabel("earning", type) ?? "no type"}` : "";
  const unit =
    of === "hours" || of === "statements"
      ? ""
      : `, ${currency ? currency.toUpperCase() : "currency not given"}`;
  return `${what}${kind}${unit}`;
}

function Openings({ customerId, view }: { customerId: string; view: YtdPersonView }) {
  const { year } = view.period;
  if (year === null || view.period.kind !== "year") return null;
  if (view.openings.length === 0 && view.mayCorrect.length === 0) return null;
  const records = new Map(view.row.records.map((record) => [record.id, record]));
  return (
    <OpeningSection
      customerId={customerId}
      year={year}
      items={view.openings.map((opening) => ({
        id: opening.id,
        version: opening.version,
        category: opening.category,
        employer: opening.employer,
        currency: opening.currency,
        amountCents: String(opening.amountCents),
        amount: formatMoney(opening.amountCents, opening.currency || null),
        throughDate: opening.throughDate,
        note: opening.note,
      }))}
      places={view.mayCorrect.map(({ individualId }) => {
        const record = records.get(individualId);
        return { individualId, label: record?.entityName ?? record?.providerName ?? "This record" };
      })}
      actions={{ create: createOpeningAction, change: changeOpeningAction, remove: removeOpeningAction }}
    />
  );
}

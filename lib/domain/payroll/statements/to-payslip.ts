import type { SourceRow } from "@/db/repositories/individual-sources";
import type { findPayStatement } from "@/db/repositories/pay-statements";
import type { YearSumRow } from "@/db/repositories/pay-statement-sums";
import {
  addingUp,
  grossIdentities,
  netIdentities,
  type AddingUp,
  type AddingUpInput,
} from "@/lib/domain/payroll/identities";
import { displayName } from "@/lib/format/names";
import { grossToNet } from "./gross-to-net";
import { groupLines, toAmount } from "./group-lines";
import type { Category, ListState, NeighbourView, PayslipView, YearAmount, YearView } from "./payslip-view";
import type { KnownLine } from "./read-payslip";
import { placeOf, type Counterpart } from "./reversals";

type Row = NonNullable<Awaited<ReturnType<typeof findPayStatement>>>;

interface PayslipParts {
  row: Row;
  lines: readonly KnownLine[];
  year: readonly YearSumRow[] | null;
  counterparts: ReadonlyMap<string, Counterpart>;
  source: SourceRow;
  customer: { name: string; timeZone: string };
  company: { legalName: string | null; ein: string | null } | null;
  /** Whether name, title and department may be shown. */
  mayReadPerson: boolean;
  payment: PayslipView["payment"];
  before: NeighbourView | null;
  after: NeighbourView | null;
  now: Date;
  /** Of the employer (YYYY-MM-DD). */
  today: string;
}

/** A statement as it is shown: by allow-list, grouped, summed and checked. Pure. */
export function toPayslip(parts: PayslipParts): PayslipView {
  const { row, lines, source, customer, company, mayReadPerson, payment, before, after, now } = parts;
  const gross = { amountCents: row.grossPayCents, currency: row.grossPayCurrency };
  const net = { amountCents: row.netPayCents, currency: row.netPayCurrency };
  const identities = identitiesOf(row, { gross, net, lines });
  const { firstName, lastName, preferredName, title, department } = row.person;
  return {
    ...{
      id: row.id,
      paymentId: row.paymentId,
      provider: source.providerName,
      now,
      timeZone: customer.timeZone,
    },
    employer: { name: customer.name, legalName: company?.legalName ?? null, ein: company?.ein ?? null },
    person: {
      id: row.individualId,
      name: mayReadPerson
        ? displayName({ first: firstName, last: lastName, preferred: preferredName })
        : null,
      title: mayReadPerson ? title : null,
      department: mayReadPerson ? department : null,
      isHidden: !mayReadPerson,
    },
    asOf: source.dataRetrievedAt ?? source.lastSyncSucceededAt,
    ...{ type: row.type, paymentMethod: row.paymentMethod, totalHours: row.totalHours },
    ...{ payDate: row.payDate, periodStart: row.payPeriodStart, periodEnd: row.payPeriodEnd },
    ...{ gross, net, lists: listsOf(row, lines) },
    groups: groupLines({ ...parts, statementId: row.id }),
    grossToNet: grossToNet({ gross, net, lines, netIdentity: identities.netIdentity }),
    addingUp: identities,
    year: yearOf(parts),
    marks: marksOf(parts),
    ...{ payment, before, after },
  };
}

/** As stored when the statement was written; one that was written before this was kept is looked at now. */
function identitiesOf(row: Row, totals: Omit<AddingUpInput, "nullCategories">): AddingUp {
  if (row.grossIdentity === null && row.netIdentity === null)
    return addingUp({ ...totals, nullCategories: row.nullCategories ?? [] });
  return {
    grossIdentity: grossIdentities.find((identity) => identity === row.grossIdentity) ?? null,
    netIdentity: netIdentities.find((identity) => identity === row.netIdentity) ?? null,
  };
}

function listsOf(row: Row, lines: readonly KnownLine[]): Record<Category, ListState> {
  const state = (category: Category): ListState => {
    if (row.nullCategories?.includes(category)) return "null";
    return lines.some((line) => line.category === category) ? "given" : "empty";
  };
  return {
    earning: state("earning"),
    tax: state("tax"),
    deduction: state("deduction"),
    contribution: state("contribution"),
  };
}

function yearOf({ row, year }: PayslipParts): YearView | null {
  if (row.payDate === null || year === null) return null;
  const totals = (kind: YearSumRow["kind"]) =>
    new Map<string, YearAmount>(
      year
        .filter((sum) => sum.kind === kind)
        .flatMap((sum) => {
          const amount = toAmount(sum);
          return amount ? [[sum.currency, amount] as const] : [];
        }),
    );
  const statements = year.find(({ kind }) => kind === "hours")?.count ?? 0;
  return { through: row.payDate, statements, gross: totals("gross"), net: totals("net") };
}

/** Runs of a period that ended in an earlier year are ordinary in January; corrections of that year are not. */
function marksOf({ row, lines, counterparts, today }: PayslipParts): PayslipView["marks"] {
  const own = lines.flatMap(
    ({ ordinal }) => counterparts.get(placeOf({ statementId: row.id, ordinal })) ?? [],
  );
  const year = row.payDate?.slice(0, 4) ?? "";
  const isCorrection = row.type !== null && row.type !== "regular_payroll";
  const isOfEarlierPeriod =
    row.payDate !== null && row.payPeriodEnd !== null && row.payPeriodEnd < `${year}-01-01`;
  const takesBackEarlier = own.some(
    ({ role, payDate }) => role === "reverses" && payDate !== null && payDate < `${year}-01-01`,
  );
  return {
    isScheduled: row.payDate !== null && row.payDate > today,
    isPriorYearAdjustment: row.payDate !== null && ((isCorrection && isOfEarlierPeriod) || takesBackEarlier),
    closedYears: [...new Set(own.flatMap(({ closedYear }) => closedYear ?? []))].toSorted(),
  };
}

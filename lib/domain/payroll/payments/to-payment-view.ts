import type { SourceRow } from "@/db/repositories/individual-sources";
import type { PayGroupRow } from "@/db/repositories/payroll-payment-facts";
import type { PaymentRow, RunKind } from "@/db/repositories/payroll-payments";
import { toEntities } from "@/lib/domain/companies/to-company-view";
import { statementStates } from "@/lib/format/pay-choices";
import type { StatementState } from "./payments-query";

export interface Amount {
  /** Minor units of the currency. */
  amountCents: bigint;
  currency: string | null;
}

export interface PaymentAmounts {
  companyDebit: Amount | null;
  gross: Amount | null;
  net: Amount | null;
  employerTaxes: Amount | null;
  employeeTaxes: Amount | null;
}

export interface PaymentGroupView {
  /** Null where the mirror has no pay group of that id. */
  id: string | null;
  name: string | null;
}

/** Where a payment comes from. */
export interface OriginView {
  connection: { id: string; providerName: string };
  /** Null where the connection has a single entity. */
  entity: { id: string; name: string | null } | null;
}

export interface PaymentView extends OriginView {
  id: string;
  kind: RunKind;
  payDate: string | null;
  periodStart: string | null;
  periodEnd: string | null;
  debitDate: string | null;
  /** Null where Finch says nothing of pay groups. */
  groups: PaymentGroupView[] | null;
  frequencies: string[] | null;
  amounts: PaymentAmounts;
  /** How many people Finch names on it; null where it names nobody. */
  people: number | null;
  /** Of a complete payment its statements, else the people of whom one is here. */
  statements: number;
  state: StatementState;
}

const amount = (amountCents: bigint | null, currency: string | null): Amount | null =>
  amountCents === null ? null : { amountCents, currency };

export function toAmounts(row: PaymentRow): PaymentAmounts {
  return {
    companyDebit: amount(row.companyDebitCents, row.companyDebitCurrency),
    gross: amount(row.grossPayCents, row.grossPayCurrency),
    net: amount(row.netPayCents, row.netPayCurrency),
    employerTaxes: amount(row.employerTaxesCents, row.employerTaxesCurrency),
    employeeTaxes: amount(row.employeeTaxesCents, row.employeeTaxesCurrency),
  };
}

const isState = (value: string): value is StatementState => statementStates.some((state) => state === value);

/** A state of a later release is not complete. */
export const toState = (value: string): StatementState => (isState(value) ? value : "partial");

/** Finds names of pay groups and entities for rows of payments. */
export class Origins {
  private readonly groups: ReadonlyMap<string, PayGroupRow>;
  private readonly sources: ReadonlyMap<string, SourceRow>;

  constructor(sources: readonly SourceRow[], groups: readonly PayGroupRow[]) {
    this.sources = new Map(sources.map((source) => [source.id, source]));
    this.groups = new Map(groups.map((group) => [groupKey(group), group]));
  }

  origin({ connectionId, entityId }: { connectionId: string; entityId: string }): OriginView {
    const source = this.sources.get(connectionId);
    const name = toEntities(source?.entities).find(({ id }) => id === entityId)?.name ?? null;
    return {
      connection: { id: connectionId, providerName: source?.providerName ?? "the provider" },
      entity: entityId === "" ? null : { id: entityId, name },
    };
  }

  group(place: { connectionId: string; entityId: string }, finchPayGroupId: string): PaymentGroupView {
    const row = this.groups.get(groupKey({ ...place, finchPayGroupId }));
    return { id: row?.id ?? null, name: row?.name ?? null };
  }
}

export const groupKey = (place: { connectionId: string; entityId: string; finchPayGroupId: string | null }) =>
  `${place.connectionId} ${place.entityId} ${place.finchPayGroupId ?? ""}`;

/** A payment by allow-list. */
export function toPaymentView(row: PaymentRow, origins: Origins): PaymentView {
  return {
    ...origins.origin(row),
    id: row.id,
    kind: row.kind,
    payDate: row.payDate,
    periodStart: row.payPeriodStart,
    periodEnd: row.payPeriodEnd,
    debitDate: row.debitDate,
    groups: row.payGroupIds?.map((id) => origins.group(row, id)) ?? null,
    frequencies: row.payFrequencies,
    amounts: toAmounts(row),
    people: row.people,
    statements: row.statements,
    state: toState(row.statementsState),
  };
}

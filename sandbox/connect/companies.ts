import type { NewEntity } from "@/sandbox/connections";
import type { Connection, ConnectSession } from "@/sandbox/records";

/** A company that a login reaches. */
export interface ReachedCompany extends NewEntity {
  /** Connected already: a new login cannot take it away (Finch: Reauthentication). */
  connected: boolean;
}

const withoutForm = (name: string) => name.replace(/,? (inc|llc|corp)\.?$/i, "");

/** The companies of a login that reaches several. */
export function companiesOf(session: ConnectSession, connection: Connection | null): ReachedCompany[] {
  const { people } = session.progress;
  const name = session.customerName ?? "Northgate Studio, Inc.";
  const all: NewEntity[] = [
    { name, people },
    { name: `${name} (Canada)`, people: Math.max(1, Math.round(people * 0.4)) },
    { name: `${withoutForm(name)} Holdings LLC`, people: Math.max(1, Math.round(people * 0.2)) },
  ];
  const connected = new Set(
    connection?.entities.filter((entity) => entity.status !== "disconnected").map((entity) => entity.name),
  );
  return all.map((company) => ({ ...company, connected: connected.has(company.name) }));
}

/** The places of the companies that can be chosen. */
export const selectable = (companies: readonly ReachedCompany[]): number[] =>
  companies.flatMap((company, place) => (company.connected ? [] : [place]));

/** The companies that a session chose; none where its login reaches only one. */
export function chosenCompanies(session: ConnectSession, connection: Connection | null): NewEntity[] {
  const companies = companiesOf(session, connection);
  return (session.progress.companies ?? []).flatMap((place) => companies[place] ?? []);
}

import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";

/**
 * Writes of /directory and /individual in bulk: rows travel as one JSON
 * parameter. Order-free: each fetch has a time, and an older one than what is
 * there changes nothing.
 */

export interface DirectoryEntryValues {
  finchId: string;
  firstName: string | null;
  middleName: string | null;
  lastName: string | null;
  managerId: string | null;
  department: string | null;
  isActive: boolean | null;
}

/** A person of the mirror: our id and Finch's. */
export interface MirroredPerson {
  id: string;
  finchId: string;
}

const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;
const own = (scope: MirrorScope) =>
  sql`i.customer_id = ${scope.customerId}::uuid and i.connection_id = ${scope.connectionId}::uuid and i.entity_id = ${scope.entityId}`;

/** What search reads, from the columns of an alias (`i`, or the row itself after an insert). */
export const searchTextOf = (column: (name: string) => ReturnType<typeof sql>) =>
  sql`lower(concat_ws(' ', ${column("first_name")}, ${column("middle_name")}, ${column("last_name")}, ${column("preferred_name")},
    ${column("title")}, ${column("department")}, ${column("work_email")}))`;

const existing = (name: string) => sql.raw(`individuals.${name}`);
const incoming = (name: string) => sql.raw(`excluded.${name}`);
const fromDirectory = new Set(["first_name", "middle_name", "last_name", "department"]);

/** Writes people of a directory page; somebody who had left is back. An index sorts by no more than 300 characters. */
export async function upsertDirectoryEntries(
  tx: Tx,
  scope: MirrorScope,
  entries: readonly DirectoryEntryValues[],
  fetchedAt: Date,
): Promise<void> {
  if (entries.length === 0) return;
  const rows = JSON.stringify(entries);
  await tx.execute(sql`
    insert into individuals (customer_id, connection_id, entity_id, finch_individual_id, first_name, middle_name, last_name,
      manager_finch_id, department, is_active, sort_name, search_text, directory_fetched_at, fetched_at)
    select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}, x."finchId", x."firstName", x."middleName",
      x."lastName", x."managerId", x.department, x."isActive", left(lower(concat_ws(' ', x."lastName", x."firstName")), 300),
      lower(concat_ws(' ', x."firstName", x."middleName", x."lastName", x.department)), ${at(fetchedAt)}, ${at(fetchedAt)}
    from jsonb_to_recordset(${rows}::jsonb) as x ("finchId" text, "firstName" text, "middleName" text, "lastName" text,
      "managerId" text, department text, "isActive" boolean)
    on conflict (customer_id, connection_id, entity_id, finch_individual_id) do update
      set first_name = excluded.first_name, middle_name = excluded.middle_name, last_name = excluded.last_name,
        manager_finch_id = excluded.manager_finch_id, department = excluded.department, is_active = excluded.is_active,
        sort_name = excluded.sort_name,
        search_text = ${searchTextOf((name) => (fromDirectory.has(name) ? incoming(name) : existing(name)))},
        directory_fetched_at = excluded.directory_fetched_at,
        fetched_at = greatest(individuals.fetched_at, excluded.fetched_at), deleted_at = null
      where individuals.directory_fetched_at is null or individuals.directory_fetched_at <= excluded.directory_fetched_at`);
}

/** How many people of the entity a pass that began at `since` has seen. */
export async function countSeenSince(tx: Tx, scope: MirrorScope, since: Date): Promise<number> {
  const [row] = await tx.execute<{ seen: number }>(
    sql`select count(*)::int as seen from individuals i where ${own(scope)} and i.directory_fetched_at >= ${at(since)}`,
  );
  return row?.seen ?? 0;
}

/** Marks people whom a complete pass did not find; gives how many. A late older answer cannot bring them back. */
export async function markAbsentDeleted(tx: Tx, scope: MirrorScope, since: Date): Promise<number> {
  const rows = await tx.execute(sql`
    update individuals i set deleted_at = ${at(since)}, directory_fetched_at = ${at(since)}
    where ${own(scope)} and i.deleted_at is null
      and (i.directory_fetched_at is null or i.directory_fetched_at < ${at(since)})
    returning i.id`);
  return rows.length;
}

/** Which people are asked about: all, or those whose data is missing or came with an error. */
export interface PeopleWanted {
  incomplete?: "individual" | "employment";
  /** Only those after this id of ours. */
  afterId?: string | null;
}

function wantedPeople(scope: MirrorScope, { incomplete, afterId }: PeopleWanted) {
  const after = afterId ? sql`i.id > ${afterId}::uuid` : sql`true`;
  const part = incomplete
    ? sql.raw(`(i.${incomplete}_fetched_at is null or i.${incomplete}_error is not null)`)
    : sql`true`;
  return sql`${own(scope)} and i.deleted_at is null and ${after} and ${part}`;
}

/** People of the entity after a cursor, by our id. */
export async function listPeopleAfter(
  tx: Tx,
  scope: MirrorScope,
  afterId: string | null,
  limit: number,
  wanted: PeopleWanted = {},
): Promise<MirroredPerson[]> {
  const rows = await tx.execute<{ id: string; finchId: string }>(sql`
    select i.id, i.finch_individual_id as "finchId" from individuals i
    where ${wantedPeople(scope, { ...wanted, afterId })} order by i.id limit ${limit}`);
  return [...rows];
}

/** How many people of the entity there are. */
export async function countPeople(tx: Tx, scope: MirrorScope, wanted: PeopleWanted = {}): Promise<number> {
  const [row] = await tx.execute<{ people: number }>(
    sql`select count(*)::int as people from individuals i where ${wantedPeople(scope, wanted)}`,
  );
  return row?.people ?? 0;
}

export interface IndividualValues {
  id: string;
  preferredName: string | null;
  workEmail: string | null;
  dob: string | null;
  residence: unknown;
  emails: unknown;
  phoneNumbers: unknown;
  gender: string | null;
  ethnicity: string | null;
  maritalStatus: string | null;
}

/** Writes /individual for people who are there; gives the ids that took it: older answers change nothing. */
export async function updateIndividuals(
  tx: Tx,
  scope: MirrorScope,
  people: readonly IndividualValues[],
  fetchedAt: Date,
): Promise<Set<string>> {
  if (people.length === 0) return new Set();
  const rows = JSON.stringify(people);
  const changed = (name: string) =>
    name === "preferred_name"
      ? sql`x."preferredName"`
      : name === "work_email"
        ? sql`x."workEmail"`
        : sql.raw(`i.${name}`);
  const written = await tx.execute<{ id: string }>(sql`
    update individuals i set preferred_name = x."preferredName", work_email = x."workEmail", individual_fetched_at = ${at(fetchedAt)},
      individual_error = null, fetched_at = greatest(i.fetched_at, ${at(fetchedAt)}), search_text = ${searchTextOf(changed)}
    from jsonb_to_recordset(${rows}::jsonb) as x (id uuid, "preferredName" text, "workEmail" text)
    where ${own(scope)} and i.id = x.id and (i.individual_fetched_at is null or i.individual_fetched_at <= ${at(fetchedAt)})
    returning i.id`);
  const ids = new Set(written.map((row) => row.id));
  const accepted = JSON.stringify(people.filter((person) => ids.has(person.id)));
  await tx.execute(sql`
    insert into individual_profiles (customer_id, individual_id, connection_id, dob, residence, emails, phone_numbers, fetched_at)
    select ${scope.customerId}::uuid, x.id, ${scope.connectionId}::uuid, x.dob, ${notJsonNull("residence")}, ${notJsonNull("emails")},
      ${notJsonNull("phoneNumbers")}, ${at(fetchedAt)}
    from jsonb_to_recordset(${accepted}::jsonb) as x (id uuid, dob date, residence jsonb, emails jsonb, "phoneNumbers" jsonb)
    on conflict (customer_id, individual_id) do update set connection_id = excluded.connection_id, dob = excluded.dob,
      residence = excluded.residence, emails = excluded.emails, phone_numbers = excluded.phone_numbers, fetched_at = excluded.fetched_at`);
  await tx.execute(sql`
    insert into individual_traits (customer_id, individual_id, connection_id, gender, ethnicity, marital_status, fetched_at)
    select ${scope.customerId}::uuid, x.id, ${scope.connectionId}::uuid, x.gender, x.ethnicity, x."maritalStatus", ${at(fetchedAt)}
    from jsonb_to_recordset(${accepted}::jsonb) as x (id uuid, gender text, ethnicity text, "maritalStatus" text)
    on conflict (customer_id, individual_id) do update set connection_id = excluded.connection_id, gender = excluded.gender,
      ethnicity = excluded.ethnicity, marital_status = excluded.marital_status, fetched_at = excluded.fetched_at`);
  return ids;
}

/** JSON null and SQL null are one nothing here. */
export const notJsonNull = (column: string) => sql.raw(`nullif(x."${column}", 'null'::jsonb)`);

/** Keeps why a batch gave nothing for these people; their older data stays. */
export async function markItemErrors(
  tx: Tx,
  scope: MirrorScope,
  product: "individual" | "employment",
  errors: readonly { id: string; error: unknown }[],
  fetchedAt: Date,
): Promise<void> {
  if (errors.length === 0) return;
  const error = sql.raw(`${product}_error`);
  const time = sql.raw(`i.${product}_fetched_at`);
  // Since when stays from the first of the errors in a row.
  const since = sql`jsonb_build_object('since', coalesce(i.${error}->>'since', ${fetchedAt.toISOString()}::text))`;
  await tx.execute(sql`
    update individuals i set ${error} = x.error || ${since}
    from jsonb_to_recordset(${JSON.stringify(errors)}::jsonb) as x (id uuid, error jsonb)
    where ${own(scope)} and i.id = x.id and (${time} is null or ${time} <= ${at(fetchedAt)})`);
}

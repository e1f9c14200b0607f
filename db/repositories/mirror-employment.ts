import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { notJsonNull, searchTextOf } from "./mirror-individuals";
import type { MirrorScope } from "./raw-records";

export interface EmploymentValues {
  id: string;
  title: string | null;
  managerId: string | null;
  department: string | null;
  employmentType: string | null;
  employmentSubtype: string | null;
  employmentStatus: string | null;
  startDate: string | null;
  endDate: string | null;
  latestRehireDate: string | null;
  isActive: boolean | null;
  flsaStatus: string | null;
  classCode: string | null;
  unionCode: string | null;
  unionLocal: string | null;
  highlyCompensatedEmployee: boolean | null;
  keyEmployee: boolean | null;
  location: unknown;
  customFields: unknown;
  sourceId: string | null;
}

export interface IncomeValues {
  individualId: string;
  /** 0 is the current one. */
  ordinal: number;
  unit: string | null;
  /** Minor units, as text: JSON numbers are not exact enough. */
  amountCents: string | null;
  currency: string | null;
  effectiveDate: string | null;
}

const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;

/**
 * Writes /employment for people who are there; gives the ids that took it.
 * Manager, department and activity come from the directory where it has them.
 */
export async function updateEmployments(
  tx: Tx,
  scope: MirrorScope,
  people: readonly EmploymentValues[],
  fetchedAt: Date,
): Promise<Set<string>> {
  if (people.length === 0) return new Set();
  const changed = (name: string) => {
    if (name === "title") return sql`x.title`;
    return name === "department" ? sql`coalesce(i.department, x.department)` : sql.raw(`i.${name}`);
  };
  const written = await tx.execute<{ id: string }>(sql`
    update individuals i set title = x.title, manager_finch_id = coalesce(i.manager_finch_id, x."managerId"),
      department = coalesce(i.department, x.department), is_active = coalesce(i.is_active, x."isActive"),
      employment_type = x."employmentType", employment_subtype = x."employmentSubtype", employment_status = x."employmentStatus",
      start_date = x."startDate", end_date = x."endDate", latest_rehire_date = x."latestRehireDate", flsa_status = x."flsaStatus",
      class_code = x."classCode", union_code = x."unionCode", union_local = x."unionLocal",
      highly_compensated_employee = x."highlyCompensatedEmployee", key_employee = x."keyEmployee",
      location = ${notJsonNull("location")}, custom_fields = ${notJsonNull("customFields")}, source_id = x."sourceId",
      employment_fetched_at = ${at(fetchedAt)}, employment_error = null, fetched_at = greatest(i.fetched_at, ${at(fetchedAt)}),
      search_text = ${searchTextOf(changed)}
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as x (id uuid, title text, "managerId" text, department text,
      "isActive" boolean, "employmentType" text, "employmentSubtype" text, "employmentStatus" text, "startDate" date,
      "endDate" date, "latestRehireDate" date, "flsaStatus" text, "classCode" text, "unionCode" text, "unionLocal" text,
      "highlyCompensatedEmployee" boolean, "keyEmployee" boolean, location jsonb, "customFields" jsonb, "sourceId" text)
    where i.customer_id = ${scope.customerId}::uuid and i.connection_id = ${scope.connectionId}::uuid
      and i.entity_id = ${scope.entityId} and i.id = x.id
      and (i.employment_fetched_at is null or i.employment_fetched_at <= ${at(fetchedAt)})
    returning i.id`);
  return new Set(written.map((row) => row.id));
}

/** Replaces the incomes of these people as a set: an income that Finch dropped is gone. */
export async function replaceIncomes(
  tx: Tx,
  scope: MirrorScope,
  individualIds: readonly string[],
  incomes: readonly IncomeValues[],
  fetchedAt: Date,
): Promise<void> {
  if (individualIds.length === 0) return;
  await tx.execute(sql`
    delete from income_history h using jsonb_array_elements_text(${JSON.stringify(individualIds)}::jsonb) as x (id)
    where h.customer_id = ${scope.customerId}::uuid and h.individual_id = x.id::uuid`);
  if (incomes.length === 0) return;
  await tx.execute(sql`
    insert into income_history (customer_id, individual_id, connection_id, ordinal, is_current, unit, amount_cents, currency,
      effective_date, fetched_at)
    select ${scope.customerId}::uuid, x."individualId", ${scope.connectionId}::uuid, x.ordinal, x.ordinal = 0, x.unit,
      x."amountCents"::bigint, x.currency, x."effectiveDate", ${at(fetchedAt)}
    from jsonb_to_recordset(${JSON.stringify(incomes)}::jsonb) as x ("individualId" uuid, ordinal int, unit text,
      "amountCents" text, currency text, "effectiveDate" date)`);
}

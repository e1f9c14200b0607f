import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";

export interface BenefitValues {
  finchId: string;
  type: string | null;
  description: string | null;
  frequency: string | null;
  companyContribution: unknown;
}

export interface EnrollmentValues {
  individualId: string;
  employeeDeduction: unknown;
  companyContribution: unknown;
  /** Cents, as text. */
  annualMaximumCents: string | null;
  catchUp: boolean | null;
  hsaContributionLimit: string | null;
}

const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;
const own = (scope: MirrorScope) =>
  sql`m.customer_id = ${scope.customerId}::uuid and m.connection_id = ${scope.connectionId}::uuid`;
const json = (column: string) => sql.raw(`nullif(x."${column}", 'null'::jsonb)`);

/** Writes the list of benefits. An older answer changes nothing. */
export async function upsertBenefits(
  tx: Tx,
  scope: MirrorScope,
  benefits: readonly BenefitValues[],
  fetchedAt: Date,
): Promise<void> {
  if (benefits.length === 0) return;
  await tx.execute(sql`
    insert into benefits as b (customer_id, connection_id, entity_id, finch_benefit_id, type, description, frequency,
      company_contribution, fetched_at)
    select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}, x."finchId", x.type, x.description,
      x.frequency, ${json("companyContribution")}, ${at(fetchedAt)}
    from jsonb_to_recordset(${JSON.stringify(benefits)}::jsonb) as x ("finchId" text, type text, description text,
      frequency text, "companyContribution" jsonb)
    on conflict (customer_id, connection_id, entity_id, finch_benefit_id) do update
      set type = excluded.type, description = excluded.description, frequency = excluded.frequency,
        company_contribution = excluded.company_contribution, fetched_at = excluded.fetched_at, deleted_at = null
      where b.fetched_at <= excluded.fetched_at`);
}

/** Writes what people agreed to in one benefit; whoever had left it is back. Older answers change nothing. */
export async function upsertEnrollments(
  tx: Tx,
  scope: MirrorScope,
  benefitId: string,
  enrollments: readonly EnrollmentValues[],
  fetchedAt: Date,
): Promise<void> {
  if (enrollments.length === 0) return;
  await tx.execute(sql`
    insert into enrollments as e (customer_id, benefit_id, individual_id, connection_id, entity_id, employee_deduction,
      company_contribution, annual_maximum_cents, catch_up, hsa_contribution_limit, fetched_at)
    select ${scope.customerId}::uuid, ${benefitId}::uuid, x."individualId", ${scope.connectionId}::uuid, ${scope.entityId},
      ${json("employeeDeduction")}, ${json("companyContribution")}, x."annualMaximumCents"::bigint, x."catchUp",
      x."hsaContributionLimit", ${at(fetchedAt)}
    from jsonb_to_recordset(${JSON.stringify(enrollments)}::jsonb) as x ("individualId" uuid, "employeeDeduction" jsonb,
      "companyContribution" jsonb, "annualMaximumCents" text, "catchUp" boolean, "hsaContributionLimit" text)
    on conflict (customer_id, benefit_id, individual_id) do update
      set employee_deduction = excluded.employee_deduction, company_contribution = excluded.company_contribution,
        annual_maximum_cents = excluded.annual_maximum_cents, catch_up = excluded.catch_up,
        hsa_contribution_limit = excluded.hsa_contribution_limit, error = null, fetched_at = excluded.fetched_at,
        deleted_at = null
      where e.fetched_at <= excluded.fetched_at`);
}

/** Keeps why Finch gave nothing for some people of a benefit; what was known of them stays. */
export async function markEnrollmentErrors(
  tx: Tx,
  scope: MirrorScope,
  benefitId: string,
  errors: readonly { individualId: string; error: unknown }[],
  fetchedAt: Date,
): Promise<void> {
  if (errors.length === 0) return;
  await tx.execute(sql`
    insert into enrollments as e (customer_id, benefit_id, individual_id, connection_id, entity_id, error, fetched_at)
    select ${scope.customerId}::uuid, ${benefitId}::uuid, x."individualId", ${scope.connectionId}::uuid, ${scope.entityId},
      x.error, ${at(fetchedAt)}
    from jsonb_to_recordset(${JSON.stringify(errors)}::jsonb) as x ("individualId" uuid, error jsonb)
    on conflict (customer_id, benefit_id, individual_id) do update set error = excluded.error, fetched_at = excluded.fetched_at
      where e.fetched_at <= excluded.fetched_at`);
}

/** How many enrollments of a benefit an answer asked for at `since` did not give. */
export async function countAbsentEnrollments(
  tx: Tx,
  scope: MirrorScope,
  benefitId: string,
  since: Date,
): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from enrollments m
    where ${own(scope)} and m.benefit_id = ${benefitId}::uuid and m.deleted_at is null and m.fetched_at < ${at(since)}`);
  return row?.n ?? 0;
}

/** Marks enrollments that a complete answer did not give. */
export async function markAbsentEnrollments(
  tx: Tx,
  scope: MirrorScope,
  benefitId: string,
  since: Date,
): Promise<void> {
  await tx.execute(sql`
    update enrollments m set deleted_at = ${at(since)}, fetched_at = ${at(since)}
    where ${own(scope)} and m.benefit_id = ${benefitId}::uuid and m.deleted_at is null and m.fetched_at < ${at(since)}`);
}

/** Marks the enrollments of benefits that are gone. */
export async function endEnrollmentsOfGone(tx: Tx, scope: MirrorScope, at_: Date): Promise<void> {
  await tx.execute(sql`
    update enrollments m set deleted_at = ${at(at_)}, fetched_at = greatest(m.fetched_at, ${at(at_)})
    from benefits b
    where ${own(scope)} and m.entity_id = ${scope.entityId} and m.deleted_at is null
      and b.customer_id = m.customer_id and b.id = m.benefit_id and b.deleted_at is not null`);
}

/** When the enrollments of a benefit were read completely; or why they were not. */
export async function settleEnrollments(
  tx: Tx,
  scope: MirrorScope,
  benefitId: string,
  outcome: { readAt: Date } | { error: unknown },
): Promise<void> {
  const set =
    "readAt" in outcome
      ? sql`enrollments_fetched_at = ${at(outcome.readAt)}, enrollments_error = null`
      : sql`enrollments_error = ${JSON.stringify(outcome.error)}::jsonb`;
  await tx.execute(sql`update benefits m set ${set} where ${own(scope)} and m.id = ${benefitId}::uuid`);
}

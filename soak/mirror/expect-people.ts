import type { Answers, EntityAnswers, Income, JobBody, PersonBody } from "./ask";
import { keyOf, type Tables } from "./tables";

/** What the tables of people and companies have to hold, from Finch's answers. */

type Wire = {
  line1: string | null;
  line2: string | null;
  city: string | null;
  state: string | null;
  postal_code: string | null;
  country: string | null;
  name?: string | null;
};

function place(location: unknown) {
  if (location === null || location === undefined) return null;
  const { line1, line2, city, state, postal_code, country, name } = location as Wire;
  return { line1, line2, city, state, postalCode: postal_code, country, name: name ?? null };
}

/** Free fields hide what looks like an SSN (DOMAIN 7, case 50). */
function hidden(value: unknown): unknown {
  if (typeof value === "string")
    return value.replace(/(?<!\d)\d{3}[-\s]?\d{2}[-\s]?\d{4}(?!\d)/g, "[masked]");
  if (Array.isArray(value)) return value.map(hidden);
  if (typeof value !== "object" || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, hidden(field)]));
}

export function expectConnection({ introspection }: Answers, tables: Tables): void {
  const { products, username, connection_status, entities, connection_id } = introspection;
  tables.connections.set(connection_id, {
    products: [...products].sort(),
    account_status: connection_status.status,
    username,
    entities: (entities ?? []).map(({ id, name, source_id, status }) => ({
      id,
      name,
      sourceId: source_id,
      status,
    })),
  });
}

export function expectJobs({ jobs }: Answers, tables: Tables): void {
  const time = (text: string | null) => text && new Date(text).toISOString();
  for (const job of jobs ?? []) {
    tables.finch_jobs.set(job.job_id, {
      type: job.type,
      status: job.status,
      created_at_finch: time(job.created_at),
      scheduled_at: time(job.scheduled_at),
      started_at: time(job.started_at),
      completed_at: time(job.completed_at),
    });
  }
}

export function expectCompany({ entityId, company }: EntityAnswers, tables: Tables): void {
  if (!company) return;
  tables.companies.set(keyOf(entityId), {
    finch_company_id: company.id,
    legal_name: company.legal_name,
    entity_type: company.entity?.type ?? null,
    entity_subtype: company.entity?.subtype ?? null,
    ein: company.ein,
    primary_email: company.primary_email,
    primary_phone_number: company.primary_phone_number,
    departments: company.departments,
    locations: company.locations?.map(place) ?? null,
    accounts:
      company.accounts?.map((account) => ({
        accountName: account.account_name,
        institutionName: account.institution_name,
        accountType: account.account_type,
      })) ?? null,
  });
  for (const [ordinal, account] of (company.accounts ?? []).entries()) {
    const seal = (kind: string, value: string | null) => {
      if (value !== null)
        tables.sealed_values.set(keyOf("company", entityId, kind, ordinal), { plaintext: value });
    };
    seal("account", account.account_number);
    seal("routing", account.routing_number);
  }
}

export function expectPeople(answers: EntityAnswers, tables: Tables): void {
  for (const entry of answers.directory ?? []) {
    const key = keyOf(answers.entityId, entry.id);
    const person = answers.individuals?.get(entry.id);
    const job = answers.employments?.get(entry.id);
    tables.individuals.set(key, {
      first_name: entry.first_name,
      middle_name: entry.middle_name,
      last_name: entry.last_name,
      // What the directory leaves open, employment may know.
      manager_finch_id: entry.manager?.id ?? job?.manager?.id ?? null,
      department: entry.department?.name ?? job?.department?.name ?? null,
      is_active: entry.is_active ?? job?.is_active ?? null,
      ...(person ? fromPerson(person) : {}),
      ...(job ? fromJob(job) : {}),
      individual_error: null,
      employment_error: null,
    });
    if (person) expectPerson(key, person, tables);
    if (job) expectIncome(key, job, tables);
  }
}

const contacts = (list: PersonBody["phone_numbers"] | undefined) =>
  list?.filter((contact) => contact !== null && contact.data !== null) ?? null;

function fromPerson(person: PersonBody) {
  const work = contacts(person.emails)?.find((email) => email?.type === "work");
  return { preferred_name: person.preferred_name, work_email: work?.data ?? null };
}

function fromJob(job: JobBody) {
  const { employment, location, custom_fields, source_id } = job;
  return {
    title: job.title,
    employment_type: employment?.type ?? null,
    employment_subtype: employment?.subtype ?? null,
    employment_status: job.employment_status,
    start_date: job.start_date,
    end_date: job.end_date,
    latest_rehire_date: job.latest_rehire_date,
    flsa_status: job.flsa_status,
    class_code: job.class_code,
    union_code: job.union_code,
    union_local: job.union_local,
    highly_compensated_employee: job.highly_compensated_employee,
    key_employee: job.key_employee,
    location: place(location),
    custom_fields: custom_fields ? hidden(custom_fields) : null,
    source_id: source_id ?? null,
  };
}

function expectPerson(key: string, person: PersonBody, tables: Tables): void {
  tables.individual_profiles.set(key, {
    dob: person.dob,
    residence: place(person.residence),
    emails: contacts(person.emails),
    phone_numbers: contacts(person.phone_numbers),
  });
  tables.individual_traits.set(key, {
    gender: person.gender,
    ethnicity: person.ethnicity,
    marital_status: person.marital_status,
  });
  const seal = (kind: string, value: string | null | undefined) => {
    if (value) tables.sealed_values.set(keyOf("person", key, kind, 0), { plaintext: value });
  };
  seal("ssn", person.ssn);
  seal("encrypted_ssn", person.encrypted_ssn);
}

function expectIncome(key: string, job: JobBody, tables: Tables): void {
  const set = (ordinal: number, income: Income) =>
    tables.income_history.set(keyOf(key, ordinal), {
      is_current: ordinal === 0,
      unit: income.unit ?? null,
      amount_cents: income.amount ?? null,
      currency: income.currency ?? null,
      effective_date: income.effective_date ?? null,
    });
  if (job.income) set(0, job.income);
  const past = (job.income_history ?? []).filter((income) => income !== null);
  for (const [index, income] of past.entries()) set(index + 1, income);
}

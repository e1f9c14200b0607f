import { z } from "zod";
import { amount, count, currency, flag, id, nullable, text } from "../wire";

const location = nullable(
  z.object({
    line1: text,
    line2: text,
    city: text,
    state: text,
    postal_code: text,
    country: text,
    name: text,
  }),
);
export type WireLocation = z.infer<typeof location>;

const bankAccount = z.object({
  account_name: text,
  institution_name: text,
  account_type: text,
});

export const company = z.object({
  id,
  legal_name: text,
  entity: nullable(z.object({ type: text, subtype: text })),
  ein: text,
  primary_email: text,
  primary_phone_number: text,
  departments: nullable(
    z.array(z.object({ name: text, parent: nullable(z.object({ name: text })) }).nullable()),
  ),
  locations: nullable(z.array(location)),
  accounts: nullable(z.array(bankAccount.nullable())),
});

const named = nullable(z.object({ name: text }));
const identified = nullable(z.object({ id: text }));

export const directoryFrame = z.object({
  paging: z.object({ count, offset: nullable(z.int32()) }),
  individuals: z.array(z.unknown()),
});

export const directoryEntry = z.object({
  id,
  first_name: text,
  middle_name: text,
  last_name: text,
  manager: identified,
  department: named,
  is_active: flag,
});
export type WireDirectoryEntry = z.infer<typeof directoryEntry>;

const contact = z.object({ data: text, type: text }).nullable();

export const individual = z.object({
  id: text,
  first_name: text,
  middle_name: text,
  last_name: text,
  preferred_name: text,
  emails: nullable(z.array(contact)),
  phone_numbers: nullable(z.array(contact)),
  gender: text,
  ethnicity: text,
  marital_status: text,
  dob: text,
  residence: location,
});
export type WireIndividual = z.infer<typeof individual>;

const income = nullable(z.object({ unit: text, amount, currency, effective_date: text }));
export type WireIncome = z.infer<typeof income>;

export const employment = z.object({
  id: text,
  title: text,
  manager: identified,
  department: named,
  employment: nullable(z.object({ type: text, subtype: text })),
  employment_status: text,
  start_date: text,
  end_date: text,
  latest_rehire_date: text,
  is_active: flag,
  flsa_status: text,
  class_code: text,
  union_code: text,
  union_local: text,
  highly_compensated_employee: flag,
  key_employee: flag,
  location,
  custom_fields: nullable(z.array(z.object({ name: text, value: z.json().nullish() }).nullable())),
  source_id: text,
  work_id: text,
  income,
  income_history: nullable(z.array(income)),
});
export type WireEmployment = z.infer<typeof employment>;

import { z } from "zod";

// Loose where Finch is: dates are plain strings, and every field may be null.
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

const Place = z
  .object({
    line1: text,
    line2: text,
    city: text,
    state: text,
    postal_code: text,
    country: text,
    name: text,
    source_id: text,
  })
  .nullable();

const contactType = z
  .enum(["work", "personal"])
  .nullish()
  .transform((value) => value ?? null);
const Contact = z.object({
  data: z
    .string()
    .nullish()
    .transform((value) => value ?? ""),
  type: contactType,
});

const Income = z
  .object({
    unit: z
      .enum([
        "yearly",
        "quarterly",
        "monthly",
        "semi_monthly",
        "bi_weekly",
        "weekly",
        "daily",
        "hourly",
        "fixed",
      ])
      .nullish()
      .transform((value) => value ?? null),
    amount: z
      .number()
      .int()
      .nullish()
      .transform((value) => value ?? null),
    currency: text,
    // Finch gives it back as a date, so it has to be one.
    effective_date: z.iso
      .date()
      .nullish()
      .transform((value) => value ?? null),
  })
  .nullable();

/** What `PUT /sandbox/individual` takes. Absent keys stay as they are. */
export const IndividualInput = z
  .object({
    first_name: z.string().nullable(),
    middle_name: z.string().nullable(),
    last_name: z.string().nullable(),
    preferred_name: z.string().nullable(),
    emails: z.array(Contact).nullable(),
    phone_numbers: z.array(Contact.nullable()).nullable(),
    gender: z.enum(["female", "male", "other", "decline_to_specify"]).nullable(),
    ethnicity: z
      .enum([
        "asian",
        "white",
        "black_or_african_american",
        "native_hawaiian_or_pacific_islander",
        "american_indian_or_alaska_native",
        "hispanic_or_latino",
        "two_or_more_races",
        "decline_to_specify",
      ])
      .nullable(),
    marital_status: z
      .enum(["single", "married", "divorced", "widowed", "domestic_partner", "unknown"])
      .nullable(),
    dob: z.string().nullable(),
    ssn: z.string().nullable(),
    encrypted_ssn: z.string().nullable(),
    residence: Place,
  })
  .partial();

/** What `PUT /sandbox/employment` takes. Absent keys stay as they are. */
export const EmploymentInput = z
  .object({
    first_name: z.string().nullable(),
    middle_name: z.string().nullable(),
    last_name: z.string().nullable(),
    title: z.string().nullable(),
    manager: z.object({ id: z.string() }).nullable(),
    department: z.object({ name: text }).nullable(),
    employment: z
      .object({
        type: z
          .enum(["employee", "contractor"])
          .nullish()
          .transform((value) => value ?? null),
        subtype: z
          .enum(["full_time", "intern", "part_time", "temp", "seasonal", "individual_contractor"])
          .nullish()
          .transform((value) => value ?? null),
      })
      .nullable(),
    start_date: z.string().nullable(),
    end_date: z.string().nullable(),
    latest_rehire_date: z.string().nullable(),
    is_active: z.boolean().nullable(),
    employment_status: z
      .enum(["active", "deceased", "leave", "onboarding", "prehire", "retired", "terminated"])
      .nullable(),
    flsa_status: z.enum(["exempt", "non_exempt", "unknown"]).nullable(),
    class_code: z.string().nullable(),
    location: Place,
    income: Income,
    income_history: z.array(Income).nullable(),
    custom_fields: z
      .array(
        z.object({
          name: text,
          value: z
            .json()
            .nullish()
            .transform((value) => value ?? null),
        }),
      )
      .nullable(),
    union_code: z.string().nullable(),
    union_local: z.string().nullable(),
    highly_compensated_employee: z.boolean().nullable(),
    key_employee: z.boolean().nullable(),
    source_id: z.string().nullable(),
  })
  .partial();

/** What `POST /sandbox/directory` takes: individual and employment in one. */
export const PersonInput = z.object({ ...IndividualInput.shape, ...EmploymentInput.shape });

const required = z.string().nullable();

/** What `PUT /sandbox/company` takes: all eight keys. */
export const CompanyInput = z.object({
  legal_name: required,
  entity: z
    .object({
      type: z
        .enum(["llc", "lp", "corporation", "sole_proprietor", "non_profit", "partnership", "cooperative"])
        .nullish()
        .transform((value) => value ?? null),
      subtype: z
        .enum(["s_corporation", "c_corporation", "b_corporation"])
        .nullish()
        .transform((value) => value ?? null),
    })
    .nullable(),
  primary_email: z.email().nullable(),
  primary_phone_number: required,
  departments: z
    .array(
      z
        .object({
          name: text,
          parent: z
            .object({ name: text })
            .nullish()
            .transform((value) => value ?? null),
        })
        .nullable(),
    )
    .nullable(),
  ein: required,
  locations: z.array(Place).nullable(),
  accounts: z
    .array(
      z.object({
        routing_number: text,
        account_name: text,
        institution_name: text,
        account_type: z
          .enum(["checking", "savings"])
          .nullish()
          .transform((value) => value ?? null),
        account_number: text,
      }),
    )
    .nullable(),
});

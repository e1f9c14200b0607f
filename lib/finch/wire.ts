import { z } from "zod";

/**
 * Finch's answers as they come. Extra fields and unknown enum values pass
 * (Finch adds both without a new version); a wrong structure does not. Keys
 * that may be absent read as null.
 */

const nullable = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
const text = nullable(z.string());
const flag = nullable(z.boolean());
const texts = z.array(z.string().nullable()).transform((list) => list.filter((item) => item !== null));

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

export const connectSession = z.object({ session_id: z.string().min(1), connect_url: z.string().min(1) });

export const exchangedToken = z.object({
  access_token: z.string().min(1),
  connection_id: z.string().min(1),
  customer_id: text,
  customer_name: text,
  provider_id: z.string().min(1),
  products: texts,
  entity_ids: texts.nullish(),
  company_id: text,
  client_type: z.string(),
  connection_type: z.string(),
});

const connectionStatus = z.object({ status: z.string(), message: text });
const authenticationMethod = z.object({
  type: z.string(),
  connection_status: nullable(connectionStatus),
  products: nullable(texts),
});
export type WireAuthenticationMethod = z.infer<typeof authenticationMethod>;
const entity = z.object({ id: z.string(), name: text, source_id: text, status: z.string() });

export const introspection = z.object({
  connection_id: z.string().min(1),
  connection_status: connectionStatus,
  client_type: z.string(),
  connection_type: z.string(),
  company_id: text,
  customer_id: text,
  authentication_methods: nullable(z.array(authenticationMethod)),
  products: texts,
  username: text,
  provider_id: z.string().min(1),
  manual: flag,
  entities: nullable(z.array(entity)),
});

export const disconnected = z.object({ status: z.string() });

const bankAccount = z.object({
  account_name: text,
  institution_name: text,
  account_type: text,
});

export const company = z.object({
  id: z.string().min(1),
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

export const directory = z.object({
  paging: z.object({ count: nullable(z.number().int().nonnegative()), offset: nullable(z.number().int()) }),
  individuals: z.array(
    z.object({
      id: z.string().min(1),
      first_name: text,
      middle_name: text,
      last_name: text,
      manager: identified,
      department: named,
      is_active: flag,
    }),
  ),
});

/** A batch: each body is judged by the item's own code. */
export const batch = z.object({
  responses: z.array(
    z.object({ individual_id: z.string().min(1), code: z.number().int(), body: z.unknown() }),
  ),
});
export type WireBatch = z.infer<typeof batch>;

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

const income = nullable(
  z.object({ unit: text, amount: nullable(z.number()), currency: text, effective_date: text }),
);
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

export const providers = z.array(
  z.object({
    id: z.string().min(1),
    display_name: z.string().min(1),
    products: texts,
    mfa_required: flag,
    authentication_methods: nullable(z.array(z.json())),
  }),
);

const count = nullable(z.number().int().nonnegative());
export const job = z.object({
  job_id: z.string(),
  type: z.string(),
  status: z.string(),
  created_at: text,
  completed_at: text,
});
export type WireJob = z.infer<typeof job>;

export const jobs = z.object({
  meta: nullable(
    z.object({
      quotas: nullable(
        z.object({
          data_sync_all: nullable(z.object({ allowed_refreshes: count, remaining_refreshes: count })),
        }),
      ),
    }),
  ),
  data: z.array(job),
});

export const startedJob = z.object({ job_id: text, allowed_refreshes: count, remaining_refreshes: count });

import { z } from "zod";
import { asItCame, count, flag, id, nullable, text, texts } from "../wire";

export const connectSession = z.object({ session_id: z.string().min(1), connect_url: z.string().min(1) });

export const exchangedToken = z.object({
  access_token: z.string().min(1),
  connection_id: id,
  customer_id: text,
  customer_name: text,
  provider_id: id,
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
const entity = z.object({ id, name: text, source_id: text, status: z.string() });

export const introspection = z.object({
  connection_id: id,
  connection_status: connectionStatus,
  client_type: z.string(),
  connection_type: z.string(),
  company_id: text,
  customer_id: text,
  authentication_methods: nullable(z.array(authenticationMethod)),
  products: texts,
  username: text,
  provider_id: id,
  manual: flag,
  entities: nullable(z.array(entity)),
});

export const disconnected = z.object({ status: z.string() });

export const providers = z.array(
  z.object({
    id,
    display_name: z.string().min(1),
    products: texts,
    mfa_required: flag,
    authentication_methods: nullable(z.array(z.json())),
  }),
);

export const job = z.object({
  job_id: id,
  type: z.string(),
  status: z.string(),
  created_at: text,
  scheduled_at: text,
  started_at: text,
  completed_at: text,
  params: asItCame,
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

export const startedJob = z.object({
  job_id: text,
  allowed_refreshes: count,
  remaining_refreshes: count,
  retry_at: text,
});

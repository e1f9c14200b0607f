CREATE TABLE "audit_details" (
	"customer_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"salt" uuid NOT NULL,
	"details" jsonb NOT NULL,
	CONSTRAINT "audit_details_customer_id_seq_pk" PRIMARY KEY("customer_id","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"customer_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_heads_customer_id_pk" PRIMARY KEY("customer_id")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"customer_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"details_digest" text,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_log_customer_id_seq_pk" PRIMARY KEY("customer_id","seq")
);
--> statement-breakpoint
CREATE TABLE "access_tokens" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"ciphertext" text,
	"key_id" text,
	"products" text[] DEFAULT '{}'::text[] NOT NULL,
	"state" text DEFAULT 'current' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"replaced_at" timestamp with time zone,
	"destroyed_at" timestamp with time zone,
	"disconnect_attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "access_tokens_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "api_requests" (
	"customer_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid,
	"token_id" uuid,
	"endpoint" text NOT NULL,
	"status" integer,
	"outcome" text NOT NULL,
	"finch_code" text,
	"finch_request_id" text,
	"duration_ms" integer NOT NULL,
	"bytes" bigint,
	"data_retrieved_at" timestamp with time zone,
	"last_attempt_at" timestamp with time zone,
	"last_attempt_result" text,
	"sync_run_id" uuid,
	CONSTRAINT "api_requests_customer_id_at_id_pk" PRIMARY KEY("customer_id","at","id")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "connect_sessions" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"flow" text NOT NULL,
	"finch_session_id" text,
	"finch_customer_id" text NOT NULL,
	"connection_id" uuid,
	"expected_finch_connection_id" text,
	"provider_id" text,
	"products" text[] DEFAULT '{}'::text[] NOT NULL,
	"user_id" text NOT NULL,
	"state_hash" text NOT NULL,
	"nonce_hash" text NOT NULL,
	"redirect_uri" text,
	"status" text DEFAULT 'created' NOT NULL,
	"code_hash" text,
	"lease_until" timestamp with time zone,
	"failure_code" text,
	"failure_message" text,
	"result_connection_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"opened_at" timestamp with time zone,
	"claimed_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "connect_sessions_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "connection_events" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_user_id" text,
	"actor_name" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"request_id" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_events_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"finch_connection_id" text NOT NULL,
	"finch_customer_id" text NOT NULL,
	"finch_company_id" text,
	"provider_id" text NOT NULL,
	"provider_name" text NOT NULL,
	"products" text[] DEFAULT '{}'::text[] NOT NULL,
	"lost_products" text[] DEFAULT '{}'::text[] NOT NULL,
	"sync_kind" text DEFAULT 'automated' NOT NULL,
	"authentication_methods" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"account_status" text,
	"account_status_message" text,
	"entities" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"username" text,
	"current_token_id" uuid,
	"action_needed_at" timestamp with time zone,
	"action_needed_reason" text,
	"permission_missing_at" timestamp with time zone,
	"permission_missing_detail" text,
	"data_retrieved_at" timestamp with time zone,
	"freshness" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"setup_started_at" timestamp with time zone,
	"last_sync_started_at" timestamp with time zone,
	"last_sync_succeeded_at" timestamp with time zone,
	"last_sync_failed_at" timestamp with time zone,
	"last_sync_error" text,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"next_sync_at" timestamp with time zone,
	"refreshes_allowed" integer,
	"refreshes_remaining" integer,
	"disconnected_at" timestamp with time zone,
	"disconnected_by" text,
	"data_delete_at" timestamp with time zone,
	"data_deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connections_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"wrapped" text NOT NULL,
	"keyring_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "data_keys_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "providers" (
	"id" text PRIMARY KEY NOT NULL,
	"display_name" text NOT NULL,
	"products" text[] DEFAULT '{}'::text[] NOT NULL,
	"authentication_methods" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"mfa_required" boolean,
	"fetched_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed_values" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"owner_table" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"ordinal" integer DEFAULT 0 NOT NULL,
	"ciphertext" text NOT NULL,
	"key_id" text NOT NULL,
	"hmac" text NOT NULL,
	"last_four" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sealed_values_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"token_id" uuid,
	"requested_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"failure_code" text,
	"failure_message" text,
	"request_id" text,
	CONSTRAINT "sync_runs_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "sync_steps" (
	"customer_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"ordinal" integer NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"epoch" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"item_errors" integer DEFAULT 0 NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"cursor" jsonb,
	"outcome" text,
	"message" text,
	"request_id" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"retry_at" timestamp with time zone,
	CONSTRAINT "sync_steps_customer_id_run_id_name_entity_id_pk" PRIMARY KEY("customer_id","run_id","name","entity_id")
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"finch_company_id" text NOT NULL,
	"legal_name" text,
	"entity_type" text,
	"entity_subtype" text,
	"ein" text,
	"primary_email" text,
	"primary_phone_number" text,
	"departments" jsonb,
	"locations" jsonb,
	"accounts" jsonb,
	"fetched_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "companies_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "income_history" (
	"customer_id" uuid NOT NULL,
	"individual_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"is_current" boolean NOT NULL,
	"unit" text,
	"amount_cents" bigint,
	"currency" text,
	"effective_date" date,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "income_history_customer_id_individual_id_ordinal_pk" PRIMARY KEY("customer_id","individual_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "individual_profiles" (
	"customer_id" uuid NOT NULL,
	"individual_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"dob" date,
	"residence" jsonb,
	"emails" jsonb,
	"phone_numbers" jsonb,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "individual_profiles_customer_id_individual_id_pk" PRIMARY KEY("customer_id","individual_id")
);
--> statement-breakpoint
CREATE TABLE "individual_traits" (
	"customer_id" uuid NOT NULL,
	"individual_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"gender" text,
	"ethnicity" text,
	"marital_status" text,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "individual_traits_customer_id_individual_id_pk" PRIMARY KEY("customer_id","individual_id")
);
--> statement-breakpoint
CREATE TABLE "individuals" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"finch_individual_id" text NOT NULL,
	"first_name" text,
	"middle_name" text,
	"last_name" text,
	"preferred_name" text,
	"work_email" text,
	"sort_name" text DEFAULT '' NOT NULL,
	"search_text" text DEFAULT '' NOT NULL,
	"is_active" boolean,
	"manager_finch_id" text,
	"department" text,
	"title" text,
	"employment_type" text,
	"employment_subtype" text,
	"employment_status" text,
	"start_date" date,
	"end_date" date,
	"latest_rehire_date" date,
	"flsa_status" text,
	"class_code" text,
	"union_code" text,
	"union_local" text,
	"highly_compensated_employee" boolean,
	"key_employee" boolean,
	"location" jsonb,
	"custom_fields" jsonb,
	"source_id" text,
	"directory_fetched_at" timestamp with time zone,
	"individual_fetched_at" timestamp with time zone,
	"employment_fetched_at" timestamp with time zone,
	"individual_error" jsonb,
	"employment_error" jsonb,
	"fetched_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "individuals_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "raw_records" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"finch_id" text NOT NULL,
	"raw" jsonb NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "raw_records_customer_id_connection_id_entity_id_kind_finch_id_pk" PRIMARY KEY("customer_id","connection_id","entity_id","kind","finch_id")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"user_id" text NOT NULL,
	"type" text NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"refresh_token" text,
	"access_token" text,
	"expires_at" integer,
	"token_type" text,
	"scope" text,
	"id_token" text,
	"session_state" text,
	CONSTRAINT "accounts_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"time_zone" text DEFAULT 'America/New_York' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"environment" text,
	"demo_seeded_at" timestamp with time zone,
	"key_check" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lookups" (
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"row_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "lookups_kind_hash_pk" PRIMARY KEY("kind","hash")
);
--> statement-breakpoint
CREATE TABLE "mail_outbox" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"template" text NOT NULL,
	"recipient" text NOT NULL,
	"parameters" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"link_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "permissions" (
	"name" text PRIMARY KEY NOT NULL,
	"description" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "role_permissions" (
	"customer_id" uuid NOT NULL,
	"role" text NOT NULL,
	"permission" text NOT NULL,
	CONSTRAINT "role_permissions_customer_id_role_permission_pk" PRIMARY KEY("customer_id","role","permission")
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"label" text NOT NULL,
	"database_role" text NOT NULL,
	CONSTRAINT "roles_customer_id_name_pk" PRIMARY KEY("customer_id","name")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"session_token" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	"expires_absolutely" timestamp with time zone DEFAULT now() + interval '7 days' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "user_roles" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"connection_id" uuid,
	"individual_id" uuid,
	"granted_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_roles_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"name" text,
	"email" text NOT NULL,
	"email_verified" timestamp with time zone,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification_tokens" (
	"identifier" text NOT NULL,
	"token" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"nonce_hash" text,
	"code_hash" text,
	"code_attempts" integer DEFAULT 0 NOT NULL,
	"callback_url" text,
	"consumed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "verification_tokens_identifier_token_pk" PRIMARY KEY("identifier","token")
);
--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_sessions" ADD CONSTRAINT "connect_sessions_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_events" ADD CONSTRAINT "connection_events_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_steps" ADD CONSTRAINT "sync_steps_customer_id_run_id_sync_runs_customer_id_id_fk" FOREIGN KEY ("customer_id","run_id") REFERENCES "public"."sync_runs"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "income_history" ADD CONSTRAINT "income_history_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "individual_profiles" ADD CONSTRAINT "individual_profiles_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "individual_traits" ADD CONSTRAINT "individual_traits_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "individuals" ADD CONSTRAINT "individuals_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raw_records" ADD CONSTRAINT "raw_records_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_permissions" ADD CONSTRAINT "role_permissions_permission_permissions_name_fk" FOREIGN KEY ("permission") REFERENCES "public"."permissions"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_permissions" ADD CONSTRAINT "role_permissions_customer_id_role_roles_customer_id_name_fk" FOREIGN KEY ("customer_id","role") REFERENCES "public"."roles"("customer_id","name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_target" ON "audit_log" USING btree ("customer_id","target_type","target_id");--> statement-breakpoint
CREATE INDEX "access_tokens_connection" ON "access_tokens" USING btree ("customer_id","connection_id");--> statement-breakpoint
CREATE INDEX "api_requests_connection" ON "api_requests" USING btree ("customer_id","connection_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "connect_sessions_state" ON "connect_sessions" USING btree ("customer_id","state_hash");--> statement-breakpoint
CREATE INDEX "connect_sessions_recent" ON "connect_sessions" USING btree ("customer_id","created_at");--> statement-breakpoint
CREATE INDEX "connection_events_recent" ON "connection_events" USING btree ("customer_id","connection_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_finch" ON "connections" USING btree ("customer_id","finch_connection_id");--> statement-breakpoint
CREATE INDEX "connections_next_sync" ON "connections" USING btree ("next_sync_at") WHERE disconnected_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "sealed_values_owner" ON "sealed_values" USING btree ("customer_id","owner_table","owner_id","kind","ordinal");--> statement-breakpoint
CREATE INDEX "sealed_values_hmac" ON "sealed_values" USING btree ("customer_id","kind","hmac");--> statement-breakpoint
CREATE INDEX "sealed_values_connection" ON "sealed_values" USING btree ("customer_id","connection_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_runs_one_open" ON "sync_runs" USING btree ("customer_id","connection_id") WHERE status in ('queued', 'running', 'waiting');--> statement-breakpoint
CREATE INDEX "sync_runs_recent" ON "sync_runs" USING btree ("customer_id","connection_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "companies_finch" ON "companies" USING btree ("customer_id","connection_id","entity_id");--> statement-breakpoint
CREATE UNIQUE INDEX "individuals_finch" ON "individuals" USING btree ("customer_id","connection_id","entity_id","finch_individual_id");--> statement-breakpoint
CREATE INDEX "individuals_directory" ON "individuals" USING btree ("customer_id","sort_name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "mail_outbox_waiting" ON "mail_outbox" USING btree ("created_at") WHERE sent_at is null and failed_at is null;--> statement-breakpoint
CREATE INDEX "sessions_user_id" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "user_roles_once" ON "user_roles" USING btree ("customer_id","user_id","role","connection_id","individual_id") NULLS NOT DISTINCT;--> statement-breakpoint
CREATE INDEX "user_roles_user_id" ON "user_roles" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "verification_tokens_id" ON "verification_tokens" USING btree ("id");--> statement-breakpoint
CREATE INDEX "verification_tokens_expires" ON "verification_tokens" USING btree ("expires");
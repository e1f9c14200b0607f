CREATE TABLE "benefits" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"finch_benefit_id" text NOT NULL,
	"type" text,
	"description" text,
	"frequency" text,
	"company_contribution" jsonb,
	"fetched_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	"enrollments_fetched_at" timestamp with time zone,
	"enrollments_error" jsonb,
	CONSTRAINT "benefits_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"finch_document_id" text NOT NULL,
	"individual_id" uuid,
	"type" text,
	"year" integer,
	"content" jsonb,
	"content_fetched_at" timestamp with time zone,
	"content_error" jsonb,
	"fetched_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "documents_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "enrollments" (
	"customer_id" uuid NOT NULL,
	"benefit_id" uuid NOT NULL,
	"individual_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"employee_deduction" jsonb,
	"company_contribution" jsonb,
	"annual_maximum_cents" bigint,
	"catch_up" boolean,
	"hsa_contribution_limit" text,
	"error" jsonb,
	"fetched_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "enrollments_customer_id_benefit_id_individual_id_pk" PRIMARY KEY("customer_id","benefit_id","individual_id")
);
--> statement-breakpoint
CREATE TABLE "pay_groups" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"finch_pay_group_id" text NOT NULL,
	"name" text,
	"pay_frequencies" text[],
	"individual_ids" text[],
	"fetched_at" timestamp with time zone NOT NULL,
	"members_fetched_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "pay_groups_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "pay_statement_items" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"ordinal" integer NOT NULL,
	"category" text,
	"name" text,
	"type" text,
	"pre_tax" boolean,
	"employer" boolean,
	"metadata" jsonb,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "pay_statement_items_customer_id_connection_id_entity_id_ordinal_pk" PRIMARY KEY("customer_id","connection_id","entity_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "pay_statement_lines" (
	"customer_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"connection_id" uuid NOT NULL,
	"individual_id" uuid NOT NULL,
	"category" text NOT NULL,
	"type" text,
	"name" text,
	"amount_cents" bigint,
	"currency" text,
	"hours" numeric,
	"pre_tax" boolean,
	"employer" boolean,
	"attributes" jsonb,
	CONSTRAINT "pay_statement_lines_customer_id_statement_id_ordinal_pk" PRIMARY KEY("customer_id","statement_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "pay_statement_rules" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"finch_rule_id" text NOT NULL,
	"conditions" jsonb,
	"attributes" jsonb,
	"priority" integer,
	"effective_start_date" text,
	"effective_end_date" text,
	"created_at_finch" text,
	"updated_at_finch" text,
	"fetched_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "pay_statement_rules_customer_id_connection_id_entity_id_finch_rule_id_pk" PRIMARY KEY("customer_id","connection_id","entity_id","finch_rule_id")
);
--> statement-breakpoint
CREATE TABLE "pay_statements" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"payment_id" uuid NOT NULL,
	"individual_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"type" text,
	"payment_method" text,
	"total_hours" numeric,
	"gross_pay_cents" bigint,
	"gross_pay_currency" text,
	"net_pay_cents" bigint,
	"net_pay_currency" text,
	"pay_date" date,
	"pay_period_start" date,
	"pay_period_end" date,
	"null_categories" text[],
	"extra" jsonb,
	"digest" text NOT NULL,
	"page_offset" integer DEFAULT 0 NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "pay_statements_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"finch_payment_id" text NOT NULL,
	"pay_period_start" date,
	"pay_period_end" date,
	"pay_date" date,
	"debit_date" date,
	"company_debit_cents" bigint,
	"company_debit_currency" text,
	"gross_pay_cents" bigint,
	"gross_pay_currency" text,
	"net_pay_cents" bigint,
	"net_pay_currency" text,
	"employer_taxes_cents" bigint,
	"employer_taxes_currency" text,
	"employee_taxes_cents" bigint,
	"employee_taxes_currency" text,
	"individual_ids" text[],
	"pay_group_ids" text[],
	"pay_frequencies" text[],
	"fetched_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	"statements_state" text DEFAULT 'unread' NOT NULL,
	"statements_count" integer,
	"statements_fetched_at" timestamp with time zone,
	"statements_error" jsonb,
	"pass_run_id" uuid,
	"pass_started_at" timestamp with time zone,
	"pass_count" integer,
	"pass_pages" integer[],
	"pass_restarts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "payments_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "wage_total_lines" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"individual_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"currency" text NOT NULL,
	"line_key" text NOT NULL,
	"category" text NOT NULL,
	"type" text,
	"name" text,
	"pre_tax" boolean,
	"employer" boolean,
	"amount_cents" bigint NOT NULL,
	"hours" numeric NOT NULL,
	"lines" integer DEFAULT 0 NOT NULL,
	"without_amount" integer DEFAULT 0 NOT NULL,
	"first_pay_date" date,
	"last_pay_date" date,
	CONSTRAINT "wage_total_lines_customer_id_connection_id_individual_id_year_currency_line_key_pk" PRIMARY KEY("customer_id","connection_id","individual_id","year","currency","line_key")
);
--> statement-breakpoint
CREATE TABLE "wage_totals" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"individual_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"currency" text NOT NULL,
	"gross_cents" bigint NOT NULL,
	"net_cents" bigint NOT NULL,
	"hours" numeric NOT NULL,
	"statements" integer DEFAULT 0 NOT NULL,
	"without_gross" integer DEFAULT 0 NOT NULL,
	"without_net" integer DEFAULT 0 NOT NULL,
	"without_hours" integer DEFAULT 0 NOT NULL,
	"first_pay_date" date,
	"last_pay_date" date,
	CONSTRAINT "wage_totals_customer_id_connection_id_individual_id_year_currency_pk" PRIMARY KEY("customer_id","connection_id","individual_id","year","currency")
);
--> statement-breakpoint
CREATE TABLE "finch_jobs" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"finch_job_id" text NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"created_at_finch" timestamp with time zone,
	"scheduled_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "finch_jobs_customer_id_connection_id_finch_job_id_pk" PRIMARY KEY("customer_id","connection_id","finch_job_id")
);
--> statement-breakpoint
CREATE TABLE "item_errors" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"product" text NOT NULL,
	"finch_id" text NOT NULL,
	"individual_id" uuid,
	"code" integer NOT NULL,
	"name" text,
	"finch_code" text,
	"message" text,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "item_errors_customer_id_connection_id_entity_id_product_finch_id_pk" PRIMARY KEY("customer_id","connection_id","entity_id","product","finch_id")
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"checked" integer DEFAULT 0 NOT NULL,
	"differences" integer DEFAULT 0 NOT NULL,
	"repaired" integer DEFAULT 0 NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "reconciliations_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"hmac" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suppressions_customer_id_connection_id_hmac_pk" PRIMARY KEY("customer_id","connection_id","hmac")
);
--> statement-breakpoint
CREATE TABLE "sync_holds" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"product" text NOT NULL,
	"finch_id" text DEFAULT '' NOT NULL,
	"rows" integer NOT NULL,
	"run_id" uuid,
	"request_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" text,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "sync_holds_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "unsupported" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "fully_synced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "scope" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "cancelled_by" text;--> statement-breakpoint
ALTER TABLE "sync_steps" ADD COLUMN "planned_requests" integer;--> statement-breakpoint
ALTER TABLE "sync_steps" ADD COLUMN "quota_key" text;--> statement-breakpoint
ALTER TABLE "benefits" ADD CONSTRAINT "benefits_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_customer_id_benefit_id_benefits_customer_id_id_fk" FOREIGN KEY ("customer_id","benefit_id") REFERENCES "public"."benefits"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_groups" ADD CONSTRAINT "pay_groups_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_statement_items" ADD CONSTRAINT "pay_statement_items_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_statement_lines" ADD CONSTRAINT "pay_statement_lines_customer_id_statement_id_pay_statements_customer_id_id_fk" FOREIGN KEY ("customer_id","statement_id") REFERENCES "public"."pay_statements"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_statement_rules" ADD CONSTRAINT "pay_statement_rules_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD CONSTRAINT "pay_statements_customer_id_payment_id_payments_customer_id_id_fk" FOREIGN KEY ("customer_id","payment_id") REFERENCES "public"."payments"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD CONSTRAINT "pay_statements_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wage_total_lines" ADD CONSTRAINT "wage_total_lines_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wage_totals" ADD CONSTRAINT "wage_totals_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finch_jobs" ADD CONSTRAINT "finch_jobs_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_errors" ADD CONSTRAINT "item_errors_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_holds" ADD CONSTRAINT "sync_holds_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "benefits_finch" ON "benefits" USING btree ("customer_id","connection_id","entity_id","finch_benefit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_finch" ON "documents" USING btree ("customer_id","connection_id","entity_id","finch_document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pay_groups_finch" ON "pay_groups" USING btree ("customer_id","connection_id","entity_id","finch_pay_group_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pay_statements_place" ON "pay_statements" USING btree ("customer_id","payment_id","individual_id","ordinal");--> statement-breakpoint
CREATE INDEX "pay_statements_by_person" ON "pay_statements" USING btree ("customer_id","individual_id","pay_date");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_finch" ON "payments" USING btree ("customer_id","connection_id","entity_id","finch_payment_id");--> statement-breakpoint
CREATE INDEX "payments_by_date" ON "payments" USING btree ("customer_id","connection_id","pay_date");--> statement-breakpoint
CREATE INDEX "wage_total_lines_by_year" ON "wage_total_lines" USING btree ("customer_id","year","category");--> statement-breakpoint
CREATE INDEX "wage_totals_by_year" ON "wage_totals" USING btree ("customer_id","year");--> statement-breakpoint
CREATE INDEX "reconciliations_recent" ON "reconciliations" USING btree ("customer_id","connection_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_holds_open" ON "sync_holds" USING btree ("customer_id","connection_id","entity_id","product","finch_id") WHERE resolved_at is null;
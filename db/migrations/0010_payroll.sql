CREATE TABLE "document_sync_people" (
	"customer_id" uuid NOT NULL,
	"sync_id" uuid NOT NULL,
	"individual_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"finch_job_id" text,
	"code" text,
	"message" text,
	"request_id" text,
	"asked_at" timestamp with time zone,
	CONSTRAINT "document_sync_people_customer_id_sync_id_individual_id_pk" PRIMARY KEY("customer_id","sync_id","individual_id")
);
--> statement-breakpoint
CREATE TABLE "document_syncs" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"requested_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"total" integer NOT NULL,
	"retries" integer DEFAULT 0 NOT NULL,
	"retry_at" timestamp with time zone,
	"code" text,
	"message" text,
	"request_id" text,
	"run_id" uuid,
	"stopped_by" text,
	CONSTRAINT "document_syncs_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "wage_day_sums" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"day" date NOT NULL,
	"currency" text NOT NULL,
	"line_key" text NOT NULL,
	"category" text NOT NULL,
	"type" text,
	"name" text,
	"pre_tax" boolean,
	"employer" boolean,
	"amount_cents" bigint NOT NULL,
	"hours" numeric NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	"missing" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "wage_day_sums_customer_id_connection_id_entity_id_day_currency_line_key_pk" PRIMARY KEY("customer_id","connection_id","entity_id","day","currency","line_key")
);
--> statement-breakpoint
CREATE TABLE "export_snapshot_rows" (
	"customer_id" uuid NOT NULL,
	"snapshot_id" uuid NOT NULL,
	"row_key" text NOT NULL,
	"user_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"individual_id" uuid,
	"cells" jsonb NOT NULL,
	CONSTRAINT "export_snapshot_rows_customer_id_snapshot_id_row_key_pk" PRIMARY KEY("customer_id","snapshot_id","row_key")
);
--> statement-breakpoint
CREATE TABLE "export_snapshots" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"definition" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"rows" integer NOT NULL,
	CONSTRAINT "export_snapshots_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "individual_links" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"individual_id" uuid NOT NULL,
	"other_individual_id" uuid NOT NULL,
	"state" text NOT NULL,
	"evidence" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"decided_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_by" text,
	"undone_at" timestamp with time zone,
	CONSTRAINT "individual_links_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"connection_id" uuid,
	"individual_id" uuid,
	"invited_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" text,
	"revoked_at" timestamp with time zone,
	"revoked_by" text,
	CONSTRAINT "invitations_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "item_classifications" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"category" text NOT NULL,
	"name" text,
	"finch_type" text,
	"mapped_type" text NOT NULL,
	"mapped_pre_tax" boolean,
	"effective_from" date,
	"effective_to" date,
	"note" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	"removed_by" text,
	CONSTRAINT "item_classifications_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "limit_confirmations" (
	"customer_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"limit_key" text NOT NULL,
	"amount_cents" bigint NOT NULL,
	"source" text NOT NULL,
	"confirmed_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "limit_confirmations_customer_id_year_limit_key_pk" PRIMARY KEY("customer_id","year","limit_key")
);
--> statement-breakpoint
CREATE TABLE "opening_balances" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"individual_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"currency" text NOT NULL,
	"category" text NOT NULL,
	"type" text,
	"name" text,
	"pre_tax" boolean,
	"employer" boolean,
	"amount_cents" bigint NOT NULL,
	"through_date" date NOT NULL,
	"note" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	"removed_by" text,
	CONSTRAINT "opening_balances_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "pay_calendar_entries" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"pay_group_id" uuid,
	"pay_date" date NOT NULL,
	"pay_period_start" date,
	"pay_period_end" date,
	"closes_at" timestamp with time zone,
	"source" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pay_calendar_entries_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "item_rule_changes" (
	"customer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"finch_rule_id" text,
	"wanted" jsonb,
	"state" text DEFAULT 'queued' NOT NULL,
	"code" text,
	"message" text,
	"request_id" text,
	"requested_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "item_rule_changes_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "gross_identity" text;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "net_identity" text;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "employee_taxes_cents" bigint;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "employer_taxes_cents" bigint;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "unknown_taxes_cents" bigint;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "deductions_cents" bigint;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "contributions_cents" bigint;--> statement-breakpoint
ALTER TABLE "document_sync_people" ADD CONSTRAINT "document_sync_people_customer_id_sync_id_document_syncs_customer_id_id_fk" FOREIGN KEY ("customer_id","sync_id") REFERENCES "public"."document_syncs"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_sync_people" ADD CONSTRAINT "document_sync_people_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_syncs" ADD CONSTRAINT "document_syncs_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wage_day_sums" ADD CONSTRAINT "wage_day_sums_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_snapshot_rows" ADD CONSTRAINT "export_snapshot_rows_customer_id_snapshot_id_export_snapshots_customer_id_id_fk" FOREIGN KEY ("customer_id","snapshot_id") REFERENCES "public"."export_snapshots"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_snapshot_rows" ADD CONSTRAINT "export_snapshot_rows_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_snapshot_rows" ADD CONSTRAINT "export_snapshot_rows_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "individual_links" ADD CONSTRAINT "individual_links_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "individual_links" ADD CONSTRAINT "individual_links_customer_id_other_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","other_individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_classifications" ADD CONSTRAINT "item_classifications_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_balances" ADD CONSTRAINT "opening_balances_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_balances" ADD CONSTRAINT "opening_balances_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_calendar_entries" ADD CONSTRAINT "pay_calendar_entries_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_calendar_entries" ADD CONSTRAINT "pay_calendar_entries_customer_id_pay_group_id_pay_groups_customer_id_id_fk" FOREIGN KEY ("customer_id","pay_group_id") REFERENCES "public"."pay_groups"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_rule_changes" ADD CONSTRAINT "item_rule_changes_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_sync_people_by_state" ON "document_sync_people" USING btree ("customer_id","sync_id","state");--> statement-breakpoint
CREATE INDEX "document_sync_people_by_person" ON "document_sync_people" USING btree ("customer_id","individual_id");--> statement-breakpoint
CREATE UNIQUE INDEX "document_syncs_one_open" ON "document_syncs" USING btree ("customer_id","connection_id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "document_syncs_recent" ON "document_syncs" USING btree ("customer_id","connection_id","created_at");--> statement-breakpoint
CREATE INDEX "export_snapshot_rows_of_individual" ON "export_snapshot_rows" USING btree ("customer_id","individual_id");--> statement-breakpoint
CREATE INDEX "export_snapshot_rows_of_connection" ON "export_snapshot_rows" USING btree ("customer_id","connection_id");--> statement-breakpoint
CREATE UNIQUE INDEX "export_snapshots_of_user" ON "export_snapshots" USING btree ("customer_id","user_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "individual_links_pair" ON "individual_links" USING btree ("customer_id","individual_id","other_individual_id");--> statement-breakpoint
CREATE INDEX "individual_links_other" ON "individual_links" USING btree ("customer_id","other_individual_id");--> statement-breakpoint
CREATE INDEX "invitations_of_individual" ON "invitations" USING btree ("customer_id","individual_id");--> statement-breakpoint
CREATE INDEX "item_classifications_of_connection" ON "item_classifications" USING btree ("customer_id","connection_id","category");--> statement-breakpoint
CREATE INDEX "opening_balances_of_year" ON "opening_balances" USING btree ("customer_id","year","individual_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pay_calendar_entries_day" ON "pay_calendar_entries" USING btree ("customer_id","connection_id",coalesce("pay_group_id", '00000000-0000-0000-0000-000000000000'::uuid),"pay_date");--> statement-breakpoint
CREATE UNIQUE INDEX "item_rule_changes_one_open" ON "item_rule_changes" USING btree ("customer_id","connection_id","entity_id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "item_rule_changes_recent" ON "item_rule_changes" USING btree ("customer_id","connection_id","created_at");--> statement-breakpoint
CREATE INDEX "individuals_by_name" ON "individuals" USING btree ("customer_id","sort_name","id");--> statement-breakpoint
CREATE INDEX "pay_statements_by_date" ON "pay_statements" USING btree ("customer_id","connection_id","pay_date");
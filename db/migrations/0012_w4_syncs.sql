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
ALTER TABLE "document_sync_people" ADD CONSTRAINT "document_sync_people_customer_id_sync_id_document_syncs_customer_id_id_fk" FOREIGN KEY ("customer_id","sync_id") REFERENCES "public"."document_syncs"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_sync_people" ADD CONSTRAINT "document_sync_people_customer_id_individual_id_individuals_customer_id_id_fk" FOREIGN KEY ("customer_id","individual_id") REFERENCES "public"."individuals"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_syncs" ADD CONSTRAINT "document_syncs_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_sync_people_by_state" ON "document_sync_people" USING btree ("customer_id","sync_id","state");--> statement-breakpoint
CREATE INDEX "document_sync_people_by_person" ON "document_sync_people" USING btree ("customer_id","individual_id");--> statement-breakpoint
CREATE UNIQUE INDEX "document_syncs_one_open" ON "document_syncs" USING btree ("customer_id","connection_id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "document_syncs_recent" ON "document_syncs" USING btree ("customer_id","connection_id","created_at");
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
ALTER TABLE "item_rule_changes" ADD CONSTRAINT "item_rule_changes_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "item_rule_changes_one_open" ON "item_rule_changes" USING btree ("customer_id","connection_id","entity_id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "item_rule_changes_recent" ON "item_rule_changes" USING btree ("customer_id","connection_id","created_at");
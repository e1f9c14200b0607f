CREATE TABLE "wage_year_sums" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"year" integer NOT NULL,
	"currency" text NOT NULL,
	"bucket" text NOT NULL,
	"amount_cents" bigint NOT NULL,
	"hours" numeric NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	"missing" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "wage_year_sums_customer_id_connection_id_entity_id_year_currency_bucket_pk" PRIMARY KEY("customer_id","connection_id","entity_id","year","currency","bucket")
);
--> statement-breakpoint
ALTER TABLE "wage_year_sums" ADD CONSTRAINT "wage_year_sums_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "individuals_by_name" ON "individuals" USING btree ("customer_id","sort_name","id");
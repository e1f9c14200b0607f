ALTER TABLE "connections" ADD COLUMN "refreshes_retry_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "refreshes_seen_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "documents_by_person" ON "documents" USING btree ("customer_id","individual_id");--> statement-breakpoint
CREATE INDEX "enrollments_by_person" ON "enrollments" USING btree ("customer_id","individual_id");--> statement-breakpoint
CREATE INDEX "reconciliations_by_time" ON "reconciliations" USING btree ("started_at");--> statement-breakpoint
-- Whoever may ask for a sync may let held data go.
create policy support_update on sync_holds for update to perch_support
  using (customer_id = nullif(current_setting('app.customer_id', true), '')::uuid)
  with check (customer_id = nullif(current_setting('app.customer_id', true), '')::uuid);
--> statement-breakpoint
grant update (accepted_at, accepted_by) on sync_holds to perch_support;

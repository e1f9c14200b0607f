-- Rights on what 0012 made: who has which form, and for whom Finch refused one, is of the class of the forms.
do $$
declare
  t text;
  here constant text := 'nullif(current_setting(''app.customer_id'', true), '''')::uuid';
begin
  foreach t in array array['document_syncs', 'document_sync_people'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy sync on %I to perch_sync using (customer_id = %s) with check (customer_id = %s)', t, here, here);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy tenant on %I to perch_tenant using (customer_id = %s) with check (customer_id = %s)', t, here, here);
    execute format('create policy documents_grant on %I as restrictive to perch_tenant using (current_setting(''app.can_documents'', true) = ''on'')', t);
    execute format('create policy connection_limit on %I as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
      || 'or strpos(current_setting(''app.connection_ids'', true), connection_id::text) > 0)', t);
  end loop;
end
$$;
--> statement-breakpoint
grant select, insert, update on document_syncs to perch_tenant;
--> statement-breakpoint
grant select, insert on document_sync_people to perch_tenant;
--> statement-breakpoint
grant select, insert, update, delete on document_syncs, document_sync_people to perch_sync;

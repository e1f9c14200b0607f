-- Rights on what 0017 made: names of lines of pay are of the class of pay.
do $$
declare
  t constant text := 'item_rule_changes';
  here constant text := 'nullif(current_setting(''app.customer_id'', true), '''')::uuid';
begin
  execute format('alter table %I enable row level security', t);
  execute format('alter table %I force row level security', t);
  execute format('create policy sync on %I to perch_sync using (customer_id = %s) with check (customer_id = %s)', t, here, here);
  execute format('create policy owner on %I to current_user using (true) with check (true)', t);
  execute format('create policy tenant on %I to perch_tenant using (customer_id = %s) with check (customer_id = %s)', t, here, here);
  execute format('create policy payroll_grant on %I as restrictive to perch_tenant using (current_setting(''app.can_payroll'', true) = ''on'')', t);
  execute format('create policy connection_limit on %I as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
    || 'or strpos(current_setting(''app.connection_ids'', true), connection_id::text) > 0)', t);
end
$$;
--> statement-breakpoint
grant select, insert on item_rule_changes to perch_tenant;
--> statement-breakpoint
grant select, insert, update, delete on item_rule_changes to perch_sync;

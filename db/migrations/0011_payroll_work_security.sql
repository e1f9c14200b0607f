-- Rights on what 0010 made: all of it is about pay, but for invitations, which belong to the team.
do $$
declare
  t text;
  here constant text := 'nullif(current_setting(''app.customer_id'', true), '''')::uuid';
  all_tables constant text[] := array['item_classifications', 'individual_links', 'opening_balances', 'pay_calendar_entries',
    'limit_confirmations', 'export_snapshots', 'export_snapshot_rows', 'invitations'];
begin
  foreach t in array all_tables loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy sync on %I to perch_sync using (customer_id = %s) with check (customer_id = %s)', t, here, here);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy tenant on %I to perch_tenant using (customer_id = %s) with check (customer_id = %s)', t, here, here);
    execute format('create policy %I on %I as restrictive to perch_tenant using (current_setting(''app.can_%s'', true) = ''on'')',
      case when t = 'invitations' then 'team_grant' else 'payroll_grant' end, t,
      case when t = 'invitations' then 'team' else 'payroll' end);
  end loop;

  foreach t in array array['item_classifications', 'opening_balances', 'pay_calendar_entries', 'export_snapshot_rows'] loop
    execute format('create policy connection_limit on %I as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
      || 'or strpos(current_setting(''app.connection_ids'', true), connection_id::text) > 0)', t);
  end loop;
  -- An invitation without a connection is to all of them: only for whoever has all.
  execute 'create policy connection_limit on invitations as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
    || 'or strpos(current_setting(''app.connection_ids'', true), connection_id::text) > 0)';
  -- A link is across connections: nobody who sees some of them decides on it.
  execute 'create policy whole_limit on individual_links as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'')';
  -- What somebody exported is nobody else's.
  foreach t in array array['export_snapshots', 'export_snapshot_rows'] loop
    execute format('create policy person_limit on %I as restrictive to perch_tenant using (user_id = current_setting(''app.user_id'', true))', t);
  end loop;

  execute format('create policy employee on item_classifications for select to perch_employee using (customer_id = %s '
    || 'and connection_id::text = current_setting(''app.connection_ids'', true))', here);
  execute format('create policy employee on opening_balances for select to perch_employee using (customer_id = %s '
    || 'and individual_id::text = current_setting(''app.individual_id'', true) and connection_id::text = current_setting(''app.connection_ids'', true))', here);
end
$$;
--> statement-breakpoint
grant select, insert, update on item_classifications, individual_links, opening_balances, limit_confirmations, invitations to perch_tenant;
--> statement-breakpoint
grant select, insert, update, delete on pay_calendar_entries, export_snapshots to perch_tenant;
--> statement-breakpoint
grant select, insert, delete on export_snapshot_rows to perch_tenant;
--> statement-breakpoint
grant select on item_classifications, opening_balances to perch_employee;
--> statement-breakpoint
grant select, insert, update, delete on item_classifications, individual_links, opening_balances, pay_calendar_entries,
  limit_confirmations, export_snapshots, invitations to perch_sync;
--> statement-breakpoint
grant select, insert, delete on export_snapshot_rows to perch_sync;

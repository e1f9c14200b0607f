-- Rights on what 0005 made. Pay, deductions and documents are classes of their own: each asks for its grant.
do $$
declare
  t text;
  here constant text := 'nullif(current_setting(''app.customer_id'', true), '''')::uuid';
  all_tables constant text[] := array['pay_groups', 'payments', 'pay_statements', 'pay_statement_lines', 'wage_totals',
    'wage_total_lines', 'pay_statement_items', 'pay_statement_rules', 'benefits', 'enrollments', 'documents', 'finch_jobs',
    'item_errors', 'sync_holds', 'suppressions', 'reconciliations'];
begin
  foreach t in array all_tables loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy sync on %I to perch_sync using (customer_id = %s) with check (customer_id = %s)', t, here, here);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
    -- Who was erased is for nobody but the worker; the limit stands all the same.
    if t <> 'suppressions' then
      execute format('create policy tenant on %I to perch_tenant using (customer_id = %s) with check (customer_id = %s)', t, here, here);
    end if;
    execute format('create policy connection_limit on %I as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
      || 'or strpos(current_setting(''app.connection_ids'', true), connection_id::text) > 0)', t);
  end loop;

  foreach t in array array['payments', 'pay_statements', 'pay_statement_lines', 'wage_totals', 'wage_total_lines',
    'pay_statement_items', 'pay_statement_rules'] loop
    execute format('create policy payroll_grant on %I as restrictive to perch_tenant using (current_setting(''app.can_payroll'', true) = ''on'')', t);
  end loop;
  foreach t in array array['benefits', 'enrollments'] loop
    execute format('create policy deductions_grant on %I as restrictive to perch_tenant using (current_setting(''app.can_deductions'', true) = ''on'')', t);
  end loop;
  execute 'create policy documents_grant on documents as restrictive to perch_tenant using (current_setting(''app.can_documents'', true) = ''on'')';

  -- An employee: the own slips, year, enrollments and forms in one connection.
  foreach t in array array['pay_statements', 'pay_statement_lines', 'wage_totals', 'wage_total_lines', 'enrollments', 'documents'] loop
    execute format('create policy employee on %I for select to perch_employee using (customer_id = %s and individual_id::text = current_setting(''app.individual_id'', true) '
      || 'and connection_id::text = current_setting(''app.connection_ids'', true))', t, here);
  end loop;

  -- Staff: the state of every mirror, in ids and counts.
  foreach t in array array['finch_jobs', 'item_errors', 'sync_holds', 'reconciliations'] loop
    execute format('create policy staff on %I for select to perch_staff using (true)', t);
    execute format('create policy support on %I for select to perch_support using (true)', t);
  end loop;
  execute format('create policy staff_update on sync_holds for update to perch_staff using (customer_id = %s) with check (customer_id = %s)', here, here);
  -- Whoever may ask for a sync may cancel it.
  foreach t in array array['sync_runs', 'sync_steps'] loop
    execute format('create policy support_update on %I for update to perch_support using (customer_id = %s) with check (customer_id = %s)', t, here, here);
  end loop;
end
$$;
--> statement-breakpoint
grant select on pay_groups, payments, pay_statements, pay_statement_lines, wage_totals, wage_total_lines, pay_statement_items,
  pay_statement_rules, benefits, enrollments, documents, finch_jobs, item_errors, sync_holds, reconciliations to perch_tenant;
--> statement-breakpoint
grant update (accepted_at, accepted_by) on sync_holds to perch_tenant, perch_staff;
--> statement-breakpoint
grant select on pay_statements, pay_statement_lines, wage_totals, wage_total_lines, enrollments, documents to perch_employee;
--> statement-breakpoint
grant select on finch_jobs, item_errors, sync_holds, reconciliations to perch_staff, perch_support;
--> statement-breakpoint
grant update on sync_runs, sync_steps to perch_support;
--> statement-breakpoint
-- Staff see that an item failed for whom, and its code: they help to repair it.
grant select (individual_error, employment_error) on individuals to perch_staff, perch_support;
--> statement-breakpoint
grant select, insert, update, delete on pay_groups, payments, pay_statements, pay_statement_lines, wage_totals, wage_total_lines,
  pay_statement_items, pay_statement_rules, benefits, enrollments, documents, finch_jobs, item_errors, sync_holds, suppressions,
  reconciliations to perch_sync;
--> statement-breakpoint
-- A year's totals change with every payment. With room beside each row the change stays on its page and no index hears of
-- it: half the time and a third of the space.
alter table wage_totals set (fillfactor = 50);
--> statement-breakpoint
alter table wage_total_lines set (fillfactor = 50);

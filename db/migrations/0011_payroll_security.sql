-- Rights on what 0010 made: pay, but for invitations, which belong to the team, and syncs of tax forms.
do $$
declare
  t text;
  class text;
  here constant text := 'nullif(current_setting(''app.customer_id'', true), '''')::uuid';
  of_team constant text[] := array['invitations'];
  of_documents constant text[] := array['document_syncs', 'document_sync_people'];
  of_pay constant text[] := array['item_classifications', 'individual_links', 'opening_balances', 'pay_calendar_entries',
    'limit_confirmations', 'export_snapshots', 'export_snapshot_rows', 'item_rule_changes', 'wage_day_sums'];
begin
  foreach t in array of_pay || of_documents || of_team loop
    class := case when t = any (of_team) then 'team' when t = any (of_documents) then 'documents' else 'payroll' end;
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy sync on %I to perch_sync using (customer_id = %s) with check (customer_id = %s)', t, here, here);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
    execute format('create policy tenant on %I to perch_tenant using (customer_id = %s) with check (customer_id = %s)', t, here, here);
    execute format('create policy %I on %I as restrictive to perch_tenant using (current_setting(''app.can_%s'', true) = ''on'')',
      class || '_grant', t, class);
  end loop;

  -- An invitation without a connection is to all of them: only for whoever has all.
  foreach t in array of_documents || of_team || array['item_classifications', 'opening_balances', 'pay_calendar_entries',
    'export_snapshot_rows', 'item_rule_changes', 'wage_day_sums'] loop
    execute format('create policy connection_limit on %I as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
      || 'or strpos(current_setting(''app.connection_ids'', true), connection_id::text) > 0)', t);
  end loop;
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
grant select, insert, update on item_classifications, individual_links, opening_balances, limit_confirmations, invitations,
  document_syncs to perch_tenant;
--> statement-breakpoint
grant select, insert, update, delete on pay_calendar_entries, export_snapshots to perch_tenant;
--> statement-breakpoint
grant select, insert, delete on export_snapshot_rows to perch_tenant;
--> statement-breakpoint
grant select, insert on document_sync_people, item_rule_changes to perch_tenant;
--> statement-breakpoint
-- Of nobody in particular, so no employee sees it.
grant select on wage_day_sums to perch_tenant;
--> statement-breakpoint
grant select on item_classifications, opening_balances to perch_employee;
--> statement-breakpoint
grant select, insert, update, delete on item_classifications, individual_links, opening_balances, pay_calendar_entries,
  limit_confirmations, export_snapshots, invitations, document_syncs, document_sync_people, item_rule_changes, wage_day_sums to perch_sync;
--> statement-breakpoint
grant select, insert, delete on export_snapshot_rows to perch_sync;
--> statement-breakpoint
-- Which people of different records hold the same SSN: by the keyed HMAC, which no tenant role may read. For links alone
-- (DOMAIN 1.8), and only for whoever sees all connections.
create function list_same_ssn() returns table (individual_id uuid, other_individual_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.owner_id, b.owner_id from sealed_values a
  join sealed_values b on b.customer_id = a.customer_id and b.kind = a.kind and b.hmac = a.hmac
    and b.owner_table = 'individuals' and b.owner_id > a.owner_id
  where a.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid and a.kind = 'ssn' and a.owner_table = 'individuals'
    and current_setting('app.can_payroll', true) = 'on' and current_setting('app.connection_ids', true) = '*'
$$;
--> statement-breakpoint
-- Addresses of some members of the employer in the setting, for those who see the team. list_members() reads everything
-- of everybody: too much for a page of a list of thousands.
create function find_member_addresses(p_user_ids text[]) returns table (user_id text, email text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.email from users u
  where current_setting('app.can_team', true) = 'on' and u.id = any (p_user_ids)
    and exists (select from user_roles g where g.user_id = u.id and g.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid)
$$;
--> statement-breakpoint
revoke all on function list_same_ssn(), find_member_addresses(text[]) from public;
--> statement-breakpoint
grant execute on function list_same_ssn(), find_member_addresses(text[]) to perch_tenant;
--> statement-breakpoint
-- What is there already.
insert into wage_day_sums (customer_id, connection_id, entity_id, day, currency, line_key, category, type, name, pre_tax, employer,
  amount_cents, hours, count, missing)
select s.customer_id, s.connection_id, s.entity_id, coalesce(s.pay_date, date '0001-01-01'), p.currency, p.category, p.category,
  null, null, null::boolean, null::boolean, sum(p.amount)::bigint, sum(p.hours), sum(p.count)::int, sum(p.missing)::int
from pay_statements s cross join lateral (values
  ('gross', lower(coalesce(s.gross_pay_currency, s.net_pay_currency, '')), 0::bigint, coalesce(s.total_hours, 0), 1, (s.gross_pay_cents is null)::int),
  ('gross', lower(coalesce(s.gross_pay_currency, '')), s.gross_pay_cents, 0, 0, 0),
  ('net', lower(coalesce(s.gross_pay_currency, s.net_pay_currency, '')), 0, 0, 0, (s.net_pay_cents is null)::int),
  ('net', lower(coalesce(s.net_pay_currency, '')), s.net_pay_cents, 0, 0, 0)) as p (category, currency, amount, hours, count, missing)
where s.deleted_at is null and p.amount is not null group by 1, 2, 3, 4, 5, 6
union all
select s.customer_id, s.connection_id, s.entity_id, coalesce(s.pay_date, date '0001-01-01'), lower(coalesce(l.currency, '')),
  md5(json_build_array(l.category, l.type, l.name, l.pre_tax, l.employer)::text), l.category, l.type, l.name, l.pre_tax, l.employer,
  coalesce(sum(l.amount_cents), 0)::bigint, coalesce(sum(l.hours), 0), count(*)::int, (count(*) filter (where l.amount_cents is null))::int
from pay_statements s join pay_statement_lines l on l.customer_id = s.customer_id and l.statement_id = s.id
where s.deleted_at is null group by 1, 2, 3, 4, 5, 7, 8, 9, 10, 11;

--> statement-breakpoint
-- The sums of each statement, where its lines are of its currency alone.
update pay_statements s set employee_taxes_cents = l.taxes, employer_taxes_cents = l.employer_taxes,
  unknown_taxes_cents = l.unknown_taxes, deductions_cents = l.deductions, contributions_cents = l.contributions
from (select p.customer_id, p.statement_id, bool_and(lower(coalesce(p.currency, '')) = lower(coalesce(o.gross_pay_currency, o.net_pay_currency, ''))) as one,
    coalesce(sum(p.amount_cents) filter (where p.category = 'tax' and not p.employer), 0)::bigint as taxes,
    coalesce(sum(p.amount_cents) filter (where p.category = 'tax' and p.employer), 0)::bigint as employer_taxes,
    coalesce(sum(p.amount_cents) filter (where p.category = 'tax' and p.employer is null), 0)::bigint as unknown_taxes,
    coalesce(sum(p.amount_cents) filter (where p.category = 'deduction'), 0)::bigint as deductions,
    coalesce(sum(p.amount_cents) filter (where p.category = 'contribution'), 0)::bigint as contributions
  from pay_statement_lines p join pay_statements o on o.customer_id = p.customer_id and o.id = p.statement_id group by 1, 2) l
where s.customer_id = l.customer_id and s.id = l.statement_id and l.one;
--> statement-breakpoint
update pay_statements s set employee_taxes_cents = 0, employer_taxes_cents = 0, unknown_taxes_cents = 0, deductions_cents = 0, contributions_cents = 0
where not exists (select from pay_statement_lines l where l.customer_id = s.customer_id and l.statement_id = s.id);

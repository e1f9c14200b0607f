-- Rights on what 0014 made: it is pay, of nobody in particular, so no employee sees it.
do $$
declare
  t constant text := 'wage_year_sums';
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
grant select on wage_year_sums to perch_tenant;
--> statement-breakpoint
grant select, insert, update, delete on wage_year_sums to perch_sync;
--> statement-breakpoint
-- Keeps the sums of people's years. What goes is taken off and never makes a row: its connection may be going too.
create function sum_wage_totals() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    update wage_year_sums t set amount_cents = t.amount_cents - x.amount, hours = t.hours - x.hours,
      count = t.count - x.count, missing = t.missing - x.missing
    from (select customer_id, connection_id, entity_id, year, currency, b.bucket, sum(b.amount)::bigint as amount,
        sum(b.hours) as hours, sum(b.count)::int as count, sum(b.missing)::int as missing
      from gone cross join lateral (values ('people', 0::bigint, 0::numeric, 1, without_hours),
        ('gross', gross_cents, gone.hours, statements, without_gross), ('net', net_cents, 0, 0, without_net)
      ) as b (bucket, amount, hours, count, missing) group by 1, 2, 3, 4, 5, 6) x
    where t.customer_id = x.customer_id and t.connection_id = x.connection_id and t.entity_id = x.entity_id
      and t.year = x.year and t.currency = x.currency and t.bucket = x.bucket;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    insert into wage_year_sums as t (customer_id, connection_id, entity_id, year, currency, bucket, amount_cents, hours, count, missing)
    select customer_id, connection_id, entity_id, year, currency, b.bucket, sum(b.amount)::bigint, sum(b.hours),
      sum(b.count)::int, sum(b.missing)::int
    from added cross join lateral (values ('people', 0::bigint, 0::numeric, 1, without_hours),
      ('gross', gross_cents, added.hours, statements, without_gross), ('net', net_cents, 0, 0, without_net)
    ) as b (bucket, amount, hours, count, missing) group by 1, 2, 3, 4, 5, 6
    on conflict (customer_id, connection_id, entity_id, year, currency, bucket) do update
      set amount_cents = t.amount_cents + excluded.amount_cents, hours = t.hours + excluded.hours,
        count = t.count + excluded.count, missing = t.missing + excluded.missing;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create function wage_bucket(category text, type text, employer boolean) returns text language sql immutable parallel safe as $$
  select case category when 'earning' then 'earning:' || coalesce(type, '')
    when 'tax' then case when employer then 'tax:employer' when not employer then 'tax:employee' else 'tax:unknown' end
    else category end
$$;
--> statement-breakpoint
create function sum_wage_total_lines() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    update wage_year_sums t set amount_cents = t.amount_cents - x.amount, hours = t.hours - x.hours,
      count = t.count - x.count, missing = t.missing - x.missing
    from (select customer_id, connection_id, entity_id, year, currency, wage_bucket(category, type, employer) as bucket,
        sum(amount_cents)::bigint as amount, sum(hours) as hours, sum(lines)::int as count, sum(without_amount)::int as missing
      from gone group by 1, 2, 3, 4, 5, 6) x
    where t.customer_id = x.customer_id and t.connection_id = x.connection_id and t.entity_id = x.entity_id
      and t.year = x.year and t.currency = x.currency and t.bucket = x.bucket;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    insert into wage_year_sums as t (customer_id, connection_id, entity_id, year, currency, bucket, amount_cents, hours, count, missing)
    select customer_id, connection_id, entity_id, year, currency, wage_bucket(category, type, employer),
      sum(amount_cents)::bigint, sum(hours), sum(lines)::int, sum(without_amount)::int
    from added group by 1, 2, 3, 4, 5, 6
    on conflict (customer_id, connection_id, entity_id, year, currency, bucket) do update
      set amount_cents = t.amount_cents + excluded.amount_cents, hours = t.hours + excluded.hours,
        count = t.count + excluded.count, missing = t.missing + excluded.missing;
  end if;
  return null;
end
$$;
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['wage_totals', 'wage_total_lines'] loop
    execute format('create trigger sum_added after insert on %I referencing new table as added for each statement execute function sum_%s()', t, t);
    execute format('create trigger sum_changed after update on %I referencing old table as gone new table as added for each statement execute function sum_%s()', t, t);
    execute format('create trigger sum_gone after delete on %I referencing old table as gone for each statement execute function sum_%s()', t, t);
  end loop;
end
$$;
--> statement-breakpoint
-- What is there already: each row is taken up as if it had just come.
insert into wage_year_sums (customer_id, connection_id, entity_id, year, currency, bucket, amount_cents, hours, count, missing)
select customer_id, connection_id, entity_id, year, currency, b.bucket, sum(b.amount)::bigint, sum(b.hours), sum(b.count)::int, sum(b.missing)::int
from wage_totals w cross join lateral (values ('people', 0::bigint, 0::numeric, 1, without_hours),
  ('gross', gross_cents, w.hours, statements, without_gross), ('net', net_cents, 0, 0, without_net)
) as b (bucket, amount, hours, count, missing) group by 1, 2, 3, 4, 5, 6
union all
select customer_id, connection_id, entity_id, year, currency, wage_bucket(category, type, employer), sum(amount_cents)::bigint,
  sum(hours), sum(lines)::int, sum(without_amount)::int
from wage_total_lines group by 1, 2, 3, 4, 5, 6;
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
revoke all on function list_same_ssn(), wage_bucket(text, text, boolean), sum_wage_totals(), sum_wage_total_lines() from public;
--> statement-breakpoint
grant execute on function list_same_ssn() to perch_tenant;
--> statement-breakpoint
grant execute on function wage_bucket(text, text, boolean) to perch_sync, perch_tenant;

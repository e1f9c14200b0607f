-- Pay dates of payments that may hold pay of the person in the settings and whose statements are not here in whole: nothing
-- else of a payment, and of nobody else. Row-level security gives employees no payment. One that names nobody may hold the
-- pay of whoever was employed then; the last pay comes up to 60 days after the end.
create function list_own_awaited_pay(p_through date) returns table (pay_date date)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct p.pay_date from individuals i
  join payments p on p.customer_id = i.customer_id and p.connection_id = i.connection_id and p.entity_id = i.entity_id
  where i.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid
    and i.id = nullif(current_setting('app.individual_id', true), '')::uuid
    and i.connection_id::text = current_setting('app.connection_ids', true)
    and i.deleted_at is null and p.deleted_at is null and p.statements_state <> 'complete'
    and (p.pay_date is null or p.pay_date <= p_through)
    and case when p.individual_ids is not null then i.finch_individual_id = any (p.individual_ids)
      else coalesce(p.pay_date >= i.start_date, true) and coalesce(p.pay_date <= i.end_date + 60, true) end
    and not exists (select from pay_statements s where s.customer_id = p.customer_id and s.payment_id = p.id
      and s.individual_id = i.id and s.deleted_at is null)
  order by 1 desc nulls last
$$;
--> statement-breakpoint
revoke all on function list_own_awaited_pay(date) from public;
--> statement-breakpoint
grant execute on function list_own_awaited_pay(date) to perch_employee;
--> statement-breakpoint
-- As before, but each record only with the 10 next ones of its SSN: a number that stands for "none" in thousands of
-- records made millions of pairs.
create or replace function list_same_ssn() returns table (individual_id uuid, other_individual_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select v.owner_id, other from (
    select s.owner_id, array_agg(s.owner_id) over (partition by s.hmac order by s.owner_id rows between 1 following and 10 following) as others
    from sealed_values s
    where s.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid and s.kind = 'ssn' and s.owner_table = 'individuals'
      and s.hmac is not null and current_setting('app.can_payroll', true) = 'on' and current_setting('app.connection_ids', true) = '*') v
  cross join lateral unnest(v.others) as other
$$;

-- What people were paid: a row for each person and currency (`person` null: everybody) and figure, from the statements
-- that count. Nothing is added across currencies (DOMAIN 1.11); employer null is unknown (1.1); 1099 earnings are no wages (1.6).
with slips as (
  select c.person as who, c.whole, s.*, lower(coalesce(s.gross_currency, s.net_currency, '')) as home,
    lower(coalesce(s.gross_currency, '')) as gross_in, lower(coalesce(s.net_currency, '')) as net_in
  from ytd_proof.counted c join ytd_proof.slips s on s.id = c.slip
),
details as (
  select s.who, s.whole, l.*, lower(coalesce(l.currency, '')) as cur, l.category = 'earning' and coalesce(l.type, '') = '1099' as contract
  from slips s join ytd_proof.lines l on l.slip = s.id
),
wages as (
  select d.* from details d, ytd_proof.days where case when pay = 'employees' then not contract else whole or contract end
),
-- DOMAIN §4, 401(a)(17), in cents.
caps (year, cents) as (values (2024, 34500000), (2025, 35000000), (2026, 36000000)),
parts (person, currency, figure, value) as (
  select who, home, f.figure, f.value from slips
    cross join lateral (values ('statements', 1::numeric), ('hours', coalesce(hours, 0)), ('no gross', (gross is null)::int),
      ('no net', (net is null)::int), ('no hours', (hours is null)::int)) as f (figure, value) where whole
  union all select who, gross_in, 'gross', gross from slips where whole and gross is not null
  union all select who, net_in, 'net', net from slips where whole and net is not null
  -- On a slip with wages, what 1099 lines say is no wages; asked for by itself it is all that counts of the slip.
  union all select who, cur, 'gross', case when pay = 'employees' then -amount when not whole then amount else 0 end
    from details, ytd_proof.days where contract and amount is not null
  union all select who, cur, 'contract', amount from details, ytd_proof.days where contract and pay = 'employees' and amount is not null
  union all select who, cur, case category when 'tax' then case when employer then 'employer taxes' when not employer then 'taxes'
      else 'unknown taxes' end when 'earning' then 'earning ' || coalesce(type, '-') else category || 's' end, coalesce(amount, 0) from wages
  union all select who, cur, 'hours of ' || coalesce(type, '-'), coalesce(hours, 0) from wages where category = 'earning'
  union all select who, cur, 'no amount', 1 from wages where amount is null
  union all select who, cur, f.figure, amount from wages cross join ytd_proof.days cross join (values ('compensation'), ('uncapped')) as f (figure)
    where definition = 'plan' and category = 'earning' and amount is not null and (q->'names' = '[]'
      or exists (select from jsonb_array_elements(q->'names') n where (n #>> '{}') is not distinct from name))
),
sums as (
  select person, currency, figure, sum(value) as value from parts
  group by grouping sets ((person, currency, figure), (currency, figure))
)
select person, currency, figure, trim_scale(case when figure = 'compensation' and currency = 'usd'
  then least(value, (select cents from caps, ytd_proof.days where caps.year = limit_year)) else value end)::text as value
from sums where person is not null or figure not in ('compensation', 'uncapped', 'no hours') and figure not like 'hours of %'
-- Of whom there is anything, and over which days.
union all select who, '', w.figure, w.value from (select who, count(*) filter (where whole)::text as found,
    min(pay_date)::text as first, max(pay_date)::text as last from slips group by 1) k
  cross join lateral (values ('listed', '1'), ('found', found), ('first', first), ('last', last)) as w (figure, value)

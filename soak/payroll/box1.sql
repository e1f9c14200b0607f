-- W-2 box 1 from DOMAIN §3's table: a low and a high end, per person and EIN, of a calendar year, in dollars alone.
-- An unknown line is at either end whatever its sign is: a reversal turns the ends around.
with dollars as (
  select c.person, s.pay_date, l.* from ytd_proof.counted c join ytd_proof.slips s on s.id = c.slip join ytd_proof.lines l on l.slip = s.id
    cross join ytd_proof.days
  where definition = 'box1' and period = 'year' and pay = 'employees' and c.ein is not null and lower(l.currency) = 'usd'
),
limits (year, care, commuter) as (values (2024, 500000, 31500), (2025, 500000, 32500), (2026, 750000, 34000)),
-- Up to a limit: of the year for dependent care, of each month for parking and for transit, which share a type.
capped as (
  select person, 'care' as what, coalesce(sum(amount), 0) as taken, (select care::numeric from limits, ytd_proof.days where year = limit_year) as cap,
    1 as times
  from dollars where category = 'deduction' and type = 'fsa_dependent_care' and pre_tax group by 1
  union all
  select person, 'commuter', coalesce(sum(amount), 0), (select commuter::numeric from limits, ytd_proof.days where year = limit_year), 2
  from dollars where category = 'deduction' and type = 'commuter' and pre_tax group by 1, date_trunc('month', pay_date)
),
kinds as (
  select person, category, type, name, pre_tax, coalesce(sum(amount), 0) as cents from dollars group by 1, 2, 3, 4, 5, employer
),
ruled as (
  select person, case category when 'deduction' then -cents else cents end as cents, case
    when category = 'earning' and type in ('salary', 'wage', 'overtime', 'double_overtime', 'pto', 'sick', 'bonus', 'commission',
      'severance', 'tips') then 'counts'
    when category = 'earning' and type = '1099' then 'out'
    when category = 'earning' then 'unknown'
    when category = 'deduction' and type in ('401k', '403b', '457') then case when pre_tax is false then 'out' else 'counts' end
    when category = 'deduction' and (type like '%\_roth' or type in ('401k_loan', 'hsa_post', 'custom_post_tax')) then 'out'
    when category = 'deduction' and type in ('simple', 'simple_ira') then
      case when name ~* 'roth' then 'out' when pre_tax is false then 'unknown' else 'counts' end
    when category = 'deduction' and type = 'hsa_pre' then 'counts'
    when category = 'deduction' and type in ('fsa_dependent_care', 'commuter') then case when pre_tax then 'out' else 'unknown' end
    when category = 'deduction' and type = 'fsa_medical' then case when pre_tax then 'counts' else 'unknown' end
    when category = 'deduction' and type like 's125\_%' then
      case when pre_tax then 'counts' when not pre_tax then 'out' else 'unknown' end
    when category = 'deduction' and type = 'custom_pre_tax' then 'unknown'
    when category = 'deduction' then case when pre_tax is false then 'out' else 'unknown' end
    when category = 'contribution' and (type in ('401k', '403b', '457', 'simple', 'simple_ira') or type like '%\_roth'
      or type like 'hsa\_%' or type like 's125\_%' or type like 'fsa\_%') then 'out'
    when category = 'contribution' then 'unknown'
    else 'out' end as rule
  from kinds
),
ends as (
  select person, case rule when 'counts' then cents when 'unknown' then least(0, cents) else 0 end as low,
    case rule when 'counts' then cents when 'unknown' then greatest(0, cents) else 0 end as high from ruled
  union all
  -- Without a limit for the year all of it or nothing may be out.
  select person, case when cap is null then least(0, -sum(taken)) else -sum(least(taken, cap * times)) end,
    case when cap is null then greatest(0, -sum(taken)) else -sum(least(taken, cap)) end
  from capped group by person, what, cap, times
)
select person, 'usd' as currency, e.figure, trim_scale(sum(e.value))::text as value
from ends cross join lateral (values ('box 1 low', low), ('box 1 high', high)) as e (figure, value) group by 1, 3

-- Payments' own totals of a year, up to today, by month, currency and figure. $1: connections, year, today.
with asked as (
  select $1::jsonb->'connections' as connections, ($1::jsonb->>'year')::int as year, ($1::jsonb->>'today')::date as today
),
figures (ordinal, figure, field) as (values (1, 'companyDebit', 'company_debit'), (2, 'gross', 'gross_pay'), (3, 'net', 'net_pay'),
  (4, 'employerTaxes', 'employer_taxes'), (5, 'employeeTaxes', 'employee_taxes')),
amounts as (
  select p.pay_date, f.figure, (p.body->f.field->>'amount')::numeric as amount,
    -- An amount that is missing is missing from the currency of the others.
    lower(coalesce(p.body->f.field->>'currency', (select p.body->o.field->>'currency' from figures o
      where p.body->o.field->>'currency' is not null order by o.ordinal limit 1), '')) as currency
  from ytd_proof.payments p cross join figures f cross join asked
  where connections ? p.connection::text and p.pay_date <= today and extract(year from p.pay_date) = year
)
select to_char(pay_date, 'YYYY-MM') as place, currency, v.figure, v.value from (
    select date_trunc('month', pay_date) as pay_date, currency, figure, trim_scale(coalesce(sum(amount), 0))::text as cents,
      (count(*) filter (where amount is null))::text as missing from amounts group by 1, 2, 3) a
  cross join lateral (values (figure, cents), (figure || ' missing', missing)) as v (figure, value)
union all
select 'count', '', case when pay_date is null then 'undated' when pay_date > today then 'scheduled' else 'paid' end, count(*)::text
from ytd_proof.payments, asked
where connections ? connection::text and (pay_date is null or pay_date > today or extract(year from pay_date) = year) group by 3

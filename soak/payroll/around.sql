-- What stands around a question's figures: statements of later pay dates and without one, and the runs of each entity.
with units as (
  select c.connection, c.entity, c.connection || '.' || c.entity as unit, c.ein from ytd_proof.companies c, ytd_proof.days
  where q->'connections' ? c.connection::text and (q->'entities' = '[]' or q->'entities' ? (c.connection || '.' || c.entity))
),
beside as (
  select s.*, pay, case when pay_date is null then 'undated' else 'scheduled' end as bucket
  from ytd_proof.slips s join units using (connection, entity) cross join ytd_proof.days d
  where d.first is not null and pay_date is null or pay_date > through and pay_date between d.first and d.last
),
-- Of a slip with wages and 1099 lines the lines are 1099 pay, and the rest is wages.
aside as (
  select lower(coalesce(gross_currency, net_currency, '')) as currency, bucket, gross, 1 as slips
  from beside where only_contract = (pay = 'nonemployee')
  union all
  select lower(coalesce(l.currency, '')), bucket, case when pay = 'nonemployee' then l.amount else -l.amount end, 0
  from beside b join ytd_proof.lines l on l.slip = b.id
  where has_contract and not only_contract and l.category = 'earning' and l.type = '1099'
),
runs as (
  select unit, count(*) as runs, min(pay_date) as first, max(pay_date) as last
  from ytd_proof.payments p join units using (connection, entity) cross join ytd_proof.days d
  where case when d.first is null then pay_date is null else pay_date between d.first and through end
  group by 1
)
select bucket as place, currency, f.figure, f.value from (
    select bucket, currency, sum(slips)::text as statements, trim_scale(coalesce(sum(gross), 0))::text as gross from aside group by 1, 2) s
  cross join lateral (values ('statements', statements), ('gross', gross)) as f (figure, value)
union all
select 'unit ' || unit, '', f.figure, f.value from runs
  cross join lateral (values ('runs', runs::text), ('first', runs.first::text), ('last', runs.last::text)) as f (figure, value)
union all
select 'unit ' || unit, '', 'ein', ein from units where ein is not null

-- What stands around a question's figures: statements of later pay dates and without one, and the runs of each entity.
with units as (
  select c.connection, c.entity, c.connection || '.' || c.entity as unit, c.ein from ytd_proof.companies c, ytd_proof.days
  where q->'connections' ? c.connection::text and (q->'entities' = '[]' or q->'entities' ? (c.connection || '.' || c.entity))
),
aside as (
  select lower(coalesce(gross_currency, net_currency, '')) as currency, case when pay_date is null then 'undated' else 'scheduled' end as bucket,
    gross
  from ytd_proof.slips s join units using (connection, entity) cross join ytd_proof.days d
  where (d.first is not null and pay_date is null or pay_date > through and pay_date between d.first and d.last)
    and case when pay = 'employees' then not only_contract else has_contract end
),
runs as (
  select unit, count(*) as runs, min(pay_date) as first, max(pay_date) as last
  from ytd_proof.payments p join units using (connection, entity) cross join ytd_proof.days d
  where case when d.first is null then pay_date is null else pay_date between d.first and through end
  group by 1
)
select bucket as place, currency, f.figure, f.value from (
    select bucket, currency, count(*)::text as statements, trim_scale(coalesce(sum(gross), 0))::text as gross from aside group by 1, 2) s
  cross join lateral (values ('statements', statements), ('gross', gross)) as f (figure, value)
union all
select 'unit ' || unit, '', f.figure, f.value from runs
  cross join lateral (values ('runs', runs::text), ('first', runs.first::text), ('last', runs.last::text)) as f (figure, value)
union all
select 'unit ' || unit, '', 'ein', ein from units where ein is not null

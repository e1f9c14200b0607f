-- What employers entered for the time before (DOMAIN 1.5): of a calendar year's wages, once its last day has come, and in no
-- other figure. Who has nothing else is listed all the same.
with entered as (
  select w.person, lower(o.currency) as currency, case category when 'tax' then case when employer then 'employer taxes'
      when not employer then 'taxes' else 'unknown taxes' end when 'gross' then 'gross' when 'net' then 'net' else category || 's' end as what, cents
  from ytd_proof.openings o join ytd_proof.who w on w.connection = o.connection and w.entity = o.entity and w.record_of = o.person
    cross join ytd_proof.days
  where period = 'year' and pay = 'employees' and year = limit_year and through_date <= through
)
select person, currency, 'opening ' || what as figure, trim_scale(sum(cents))::text as value from entered group by 1, 2, what
union all
select null, currency, 'opening gross', trim_scale(sum(cents))::text from entered where what = 'gross' group by 2
union all
select distinct person, '', 'listed', '1' from entered where person not in (select person from ytd_proof.counted)

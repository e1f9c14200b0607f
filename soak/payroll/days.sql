-- Which days a question is about. $1 is the question; no date is left to anybody else's reading of it.
with question as (select $1::jsonb as q),
asked as (
  select q, q->>'period' as period, (q->>'year')::int as year, (q->>'planStart')::int as month, (q->>'from')::date as one,
    (q->>'to')::date as other, now.today, coalesce((q->>'asOf')::date, now.today) as as_of
  from question, lateral (select ((q->>'now')::timestamptz at time zone (q->>'zone'))::date as today) now
),
begun as (
  select *, coalesce(year, extract(year from today)::int
    - case when period = 'plan' and extract(month from today) < month then 1 else 0 end) as y from asked
)
insert into ytd_proof.days
select q, period, q->>'pay', q->>'together', q->>'definition', case when period in ('year', 'plan') then y end, d.first, d.last,
  least(d.last, as_of)
from begun, lateral (select
  case period when 'year' then make_date(y, 1, 1) when 'plan' then make_date(y, month, 1) when 'range' then least(one, other) end,
  case period when 'year' then make_date(y, 12, 31) when 'plan' then (make_date(y, month, 1) + interval '1 year')::date - 1
    when 'range' then greatest(one, other) end) as d (first, last)

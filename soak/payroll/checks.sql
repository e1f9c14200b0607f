-- What a payment's statements add up to. $1: connection, entity, payment.
with slips as (
  select s.* from ytd_proof.slips s, (select $1::jsonb as q) x
  where connection = (q->>'connection')::uuid and entity = q->>'entity' and payment = q->>'payment'
)
select v.currency, v.figure, trim_scale(coalesce(sum(v.amount), 0))::text as value from slips cross join lateral (values
  ('gross', lower(coalesce(gross_currency, net_currency, '')), gross), ('net', lower(coalesce(net_currency, gross_currency, '')), net)
) as v (figure, currency, amount) group by 1, 2
union all
select lower(coalesce(l.currency, '')), case when employer then 'employerTaxes' when not employer then 'employeeTaxes' else 'unknownTaxes' end,
  trim_scale(coalesce(sum(amount), 0))::text
from slips join ytd_proof.lines l on l.slip = slips.id where category = 'tax' group by 1, 2

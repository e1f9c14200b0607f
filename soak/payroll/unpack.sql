-- Takes the answers of a connection apart, anew.
delete from ytd_proof.companies where connection in (select connection from ytd_proof.loading);
delete from ytd_proof.people where connection in (select connection from ytd_proof.loading);
delete from ytd_proof.payments where connection in (select connection from ytd_proof.loading);
delete from ytd_proof.lines where slip in (select id from ytd_proof.slips join ytd_proof.loading using (connection));
delete from ytd_proof.slips where connection in (select connection from ytd_proof.loading);

insert into ytd_proof.companies
select connection, entity, body->>'ein' from ytd_proof.answers join ytd_proof.loading using (connection) where what = 'company';

insert into ytd_proof.payments
select a.connection, a.entity, p->>'id', (p->>'pay_date')::date, p
from ytd_proof.answers a join ytd_proof.loading using (connection) cross join jsonb_array_elements(a.body) p where a.what = 'payments';

insert into ytd_proof.slips (connection, entity, payment, pay_date, person, gross, gross_currency, net, net_currency, hours, body)
select a.connection, a.entity, p.payment, p.pay_date, s->>'individual_id',
  (s->'gross_pay'->>'amount')::numeric, s->'gross_pay'->>'currency',
  (s->'net_pay'->>'amount')::numeric, s->'net_pay'->>'currency', (s->>'total_hours')::numeric, s
from ytd_proof.answers a join ytd_proof.loading using (connection)
  cross join jsonb_array_elements(a.body->'responses') r
  cross join jsonb_array_elements(r->'body'->'pay_statements') s
  join ytd_proof.payments p on p.connection = a.connection and p.entity = a.entity and p.payment = r->>'payment_id'
where a.what = 'statements';

-- People who left the directory are still on their statements.
insert into ytd_proof.people
select a.connection, a.entity, i->>'id', i->>'first_name', i->>'last_name'
from ytd_proof.answers a join ytd_proof.loading using (connection) cross join jsonb_array_elements(a.body->'individuals') i where a.what = 'directory';
insert into ytd_proof.people (connection, entity, person)
select distinct connection, entity, person from ytd_proof.slips join ytd_proof.loading using (connection) on conflict do nothing;
-- What an administrator entered stays, whoever left.
insert into ytd_proof.people (connection, entity, person)
select distinct connection, entity, person from ytd_proof.openings join ytd_proof.loading using (connection) on conflict do nothing;

-- A list may be null, and so may a line.
insert into ytd_proof.lines
select s.id, list.category, l->>'type', l->>'name', (l->>'amount')::numeric, l->>'currency', (l->>'hours')::numeric,
  (l->>'pre_tax')::boolean, (l->>'employer')::boolean, l->>'type', (l->>'pre_tax')::boolean
from ytd_proof.slips s join ytd_proof.loading using (connection)
  cross join lateral (values ('earning', s.body->'earnings'), ('tax', s.body->'taxes'),
    ('deduction', s.body->'employee_deductions'), ('contribution', s.body->'employer_contributions')) as list (category, body)
  cross join lateral jsonb_array_elements(case jsonb_typeof(list.body) when 'array' then list.body else '[]' end) l
where jsonb_typeof(l) = 'object';

analyze ytd_proof.slips, ytd_proof.lines, ytd_proof.people, ytd_proof.payments;

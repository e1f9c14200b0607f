-- Who is asked for, and which records are one person: DOMAIN 1.8 and 1.9 (records of one person together only where linked,
-- and of one EIN where that is asked).
with recursive records as (
  select p.connection, p.entity, p.person, p.connection || ' ' || p.entity || ' ' || p.person as record, c.ein
  from ytd_proof.days, ytd_proof.people p left join ytd_proof.companies c using (connection, entity)
  where q->'connections' ? p.connection::text and (q->'entities' = '[]' or q->'entities' ? (p.connection || '.' || p.entity))
),
-- Links go as far as they go, but not through a record that nobody asked for.
links as (
  select one, two from ytd_proof.links, ytd_proof.days
  where together <> 'apart' and one in (select record from records) and two in (select record from records)
),
reach (record, other) as (
  select record, record from records
  union
  select r.record, case when l.one = r.other then l.two else l.one end from reach r join links l on r.other in (l.one, l.two)
),
roots as (select record, min(other) as root from reach group by 1),
grouped as (
  select r.*, root || case when together = 'ein' then ' ' || coalesce(r.ein, r.record) else '' end as grp
  from records r join roots using (record) cross join ytd_proof.days
),
names as (
  select grp, string_agg(record, ' + ' order by record collate "C") as person,
    case when count(distinct ein) = 1 and count(*) = count(ein) then min(ein) end as ein
  from grouped group by 1
)
insert into ytd_proof.who
select g.connection, g.entity, g.person, n.person, n.ein from grouped g join names n using (grp)

-- Which statements count, and for whom: DOMAIN 1.2 (the pay date's day and nothing else), 1.6 (1099 pay is apart).
insert into ytd_proof.counted
select w.person, w.ein, s.id, pay = 'employees' or s.only_contract
from ytd_proof.slips s join ytd_proof.who w on w.connection = s.connection and w.entity = s.entity and w.record_of = s.person
  cross join ytd_proof.days d
where case when d.period = 'undated' then s.pay_date is null else s.pay_date between d.first and d.through end
  and case when pay = 'employees' then not s.only_contract else s.has_contract end

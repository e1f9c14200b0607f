-- What the lines of a connection count as: as the employer says on the pay date's day, else as Finch does.
update ytd_proof.lines l set type = coalesce(x.mapped_type, l.finch_type), pre_tax = coalesce(x.mapped_pre_tax, l.finch_pre_tax)
from (
  select one.ctid as at, t.mapped_type, t.mapped_pre_tax
  from ytd_proof.lines one join ytd_proof.slips s on s.id = one.slip join ytd_proof.loading using (connection)
    left join ytd_proof.types t on t.connection = s.connection and t.category = one.category and t.name is not distinct from one.name
      and t.finch_type is not distinct from one.finch_type
      and case when s.pay_date is null then t.first_day is null and t.last_day is null
        else s.pay_date between coalesce(t.first_day, s.pay_date) and coalesce(t.last_day, s.pay_date) end
) x where x.at = l.ctid;

update ytd_proof.slips s set has_contract = false, only_contract = false from ytd_proof.loading where loading.connection = s.connection;
update ytd_proof.slips s set has_contract = true, only_contract = kind.only_contract
from (select slip, bool_and(coalesce(type, '') in ('1099', 'reimbursement')) as only_contract
  from ytd_proof.lines join ytd_proof.slips on slips.id = slip join ytd_proof.loading using (connection) where category = 'earning' group by 1 having bool_or(coalesce(type, '') = '1099')) kind
where kind.slip = s.id;

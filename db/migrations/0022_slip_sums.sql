ALTER TABLE "pay_statements" ADD COLUMN "employee_taxes_cents" bigint;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "employer_taxes_cents" bigint;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "unknown_taxes_cents" bigint;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "deductions_cents" bigint;--> statement-breakpoint
ALTER TABLE "pay_statements" ADD COLUMN "contributions_cents" bigint;
--> statement-breakpoint
-- What is there already.
update pay_statements s set employee_taxes_cents = l.taxes, employer_taxes_cents = l.employer_taxes,
  unknown_taxes_cents = l.unknown_taxes, deductions_cents = l.deductions, contributions_cents = l.contributions
from (select p.customer_id, p.statement_id, bool_and(lower(coalesce(p.currency, '')) = lower(coalesce(o.gross_pay_currency, o.net_pay_currency, ''))) as one,
    coalesce(sum(p.amount_cents) filter (where p.category = 'tax' and not p.employer), 0)::bigint as taxes,
    coalesce(sum(p.amount_cents) filter (where p.category = 'tax' and p.employer), 0)::bigint as employer_taxes,
    coalesce(sum(p.amount_cents) filter (where p.category = 'tax' and p.employer is null), 0)::bigint as unknown_taxes,
    coalesce(sum(p.amount_cents) filter (where p.category = 'deduction'), 0)::bigint as deductions,
    coalesce(sum(p.amount_cents) filter (where p.category = 'contribution'), 0)::bigint as contributions
  from pay_statement_lines p join pay_statements o on o.customer_id = p.customer_id and o.id = p.statement_id group by 1, 2) l
where s.customer_id = l.customer_id and s.id = l.statement_id and l.one;
--> statement-breakpoint
update pay_statements s set employee_taxes_cents = 0, employer_taxes_cents = 0, unknown_taxes_cents = 0, deductions_cents = 0, contributions_cents = 0
where not exists (select from pay_statement_lines l where l.customer_id = s.customer_id and l.statement_id = s.id);

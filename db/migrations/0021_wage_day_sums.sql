CREATE TABLE "wage_day_sums" (
	"customer_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"entity_id" text DEFAULT '' NOT NULL,
	"day" date NOT NULL,
	"currency" text NOT NULL,
	"line_key" text NOT NULL,
	"category" text NOT NULL,
	"type" text,
	"name" text,
	"pre_tax" boolean,
	"employer" boolean,
	"amount_cents" bigint NOT NULL,
	"hours" numeric NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	"missing" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "wage_day_sums_customer_id_connection_id_entity_id_day_currency_line_key_pk" PRIMARY KEY("customer_id","connection_id","entity_id","day","currency","line_key")
);
--> statement-breakpoint
ALTER TABLE "wage_day_sums" ADD CONSTRAINT "wage_day_sums_customer_id_connection_id_connections_customer_id_id_fk" FOREIGN KEY ("customer_id","connection_id") REFERENCES "public"."connections"("customer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Rights: it is pay, of nobody in particular, so no employee sees it.
do $$
declare
  t constant text := 'wage_day_sums';
  here constant text := 'nullif(current_setting(''app.customer_id'', true), '''')::uuid';
begin
  execute format('alter table %I enable row level security', t);
  execute format('alter table %I force row level security', t);
  execute format('create policy sync on %I to perch_sync using (customer_id = %s) with check (customer_id = %s)', t, here, here);
  execute format('create policy owner on %I to current_user using (true) with check (true)', t);
  execute format('create policy tenant on %I to perch_tenant using (customer_id = %s) with check (customer_id = %s)', t, here, here);
  execute format('create policy payroll_grant on %I as restrictive to perch_tenant using (current_setting(''app.can_payroll'', true) = ''on'')', t);
  execute format('create policy connection_limit on %I as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
    || 'or strpos(current_setting(''app.connection_ids'', true), connection_id::text) > 0)', t);
end
$$;
--> statement-breakpoint
grant select on wage_day_sums to perch_tenant;
--> statement-breakpoint
grant select, insert, update, delete on wage_day_sums to perch_sync;
--> statement-breakpoint
-- What is there already. Sums of years are sums of days then, without triggers on every person's year.
insert into wage_day_sums (customer_id, connection_id, entity_id, day, currency, line_key, category, type, name, pre_tax, employer,
  amount_cents, hours, count, missing)
select s.customer_id, s.connection_id, s.entity_id, coalesce(s.pay_date, date '0001-01-01'), p.currency, p.category, p.category,
  null, null, null::boolean, null::boolean, sum(p.amount)::bigint, sum(p.hours), sum(p.count)::int, sum(p.missing)::int
from pay_statements s cross join lateral (values
  ('gross', lower(coalesce(s.gross_pay_currency, s.net_pay_currency, '')), 0::bigint, coalesce(s.total_hours, 0), 1, (s.gross_pay_cents is null)::int),
  ('gross', lower(coalesce(s.gross_pay_currency, '')), s.gross_pay_cents, 0, 0, 0),
  ('net', lower(coalesce(s.gross_pay_currency, s.net_pay_currency, '')), 0, 0, 0, (s.net_pay_cents is null)::int),
  ('net', lower(coalesce(s.net_pay_currency, '')), s.net_pay_cents, 0, 0, 0)) as p (category, currency, amount, hours, count, missing)
where s.deleted_at is null and p.amount is not null group by 1, 2, 3, 4, 5, 6
union all
select s.customer_id, s.connection_id, s.entity_id, coalesce(s.pay_date, date '0001-01-01'), lower(coalesce(l.currency, '')),
  md5(json_build_array(l.category, l.type, l.name, l.pre_tax, l.employer)::text), l.category, l.type, l.name, l.pre_tax, l.employer,
  coalesce(sum(l.amount_cents), 0)::bigint, coalesce(sum(l.hours), 0), count(*)::int, (count(*) filter (where l.amount_cents is null))::int
from pay_statements s join pay_statement_lines l on l.customer_id = s.customer_id and l.statement_id = s.id
where s.deleted_at is null group by 1, 2, 3, 4, 5, 7, 8, 9, 10, 11;
--> statement-breakpoint
drop trigger sum_added on wage_totals;
--> statement-breakpoint
drop trigger sum_changed on wage_totals;
--> statement-breakpoint
drop trigger sum_gone on wage_totals;
--> statement-breakpoint
drop trigger sum_added on wage_total_lines;
--> statement-breakpoint
drop trigger sum_changed on wage_total_lines;
--> statement-breakpoint
drop trigger sum_gone on wage_total_lines;
--> statement-breakpoint
drop function sum_wage_totals();
--> statement-breakpoint
drop function sum_wage_total_lines();
--> statement-breakpoint
drop function wage_bucket(text, text, boolean);
--> statement-breakpoint
drop table wage_year_sums;

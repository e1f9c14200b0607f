CREATE INDEX "individuals_of_connection" ON "individuals" USING btree ("customer_id","connection_id") WHERE deleted_at is null;--> statement-breakpoint
-- How many people connections hold, for every page's navigation. Policies are asked once a connection here, and not once a
-- person: of ten thousand, that was most of the time. Whom it answers: the settings' employer, and of its connections those
-- of the settings. The table's owner reads; nobody learns more than a number.
create function count_people(p_connections uuid[]) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int from individuals
  where customer_id = nullif(current_setting('app.customer_id', true), '')::uuid and deleted_at is null
    and connection_id = any (array(select c.id from connections c
      where c.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid and c.id = any (p_connections)
        and (current_setting('app.connection_ids', true) = '*' or strpos(current_setting('app.connection_ids', true), c.id::text) > 0)))
$$;
--> statement-breakpoint
revoke all on function count_people(uuid[]) from public;
--> statement-breakpoint
grant execute on function count_people(uuid[]) to perch_tenant, perch_staff, perch_support;

-- Addresses of some members of the employer in the setting, for those who see the team. list_members() reads everything
-- of everybody: too much for a page of a list of thousands.
create function find_member_addresses(p_user_ids text[]) returns table (user_id text, email text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.email from users u
  where current_setting('app.can_team', true) = 'on' and u.id = any (p_user_ids)
    and exists (select from user_roles g where g.user_id = u.id and g.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid)
$$;
--> statement-breakpoint
revoke all on function find_member_addresses(text[]) from public;
--> statement-breakpoint
grant execute on function find_member_addresses(text[]) to perch_tenant;

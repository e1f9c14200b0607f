-- Rights on what 0003 made: who may read, and the few functions that cross a border on purpose.
do $$
begin
  create role perch_reveal nologin;
exception when duplicate_object or unique_violation then null;
end
$$;
--> statement-breakpoint
do $$
begin
  perform pg_advisory_xact_lock(505245);
  if not exists (select from pg_auth_members m where m.roleid = 'perch_reveal'::regrole and m.member = 'perch_app'::regrole and m.set_option) then
    grant perch_reveal to perch_app with inherit false, set true;
  end if;
end
$$;
--> statement-breakpoint
grant usage on schema public to perch_reveal;
--> statement-breakpoint
do $$
declare
  t text;
  here constant text := 'nullif(current_setting(''app.customer_id'', true), '''')::uuid';
  nobody constant text := '''00000000-0000-0000-0000-000000000000''::uuid';
begin
  foreach t in array array['audit_signatures', 'audit_checks', 'reveals'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to perch_tenant using (customer_id = %s) with check (customer_id = %s)', t, here, here);
    execute format('create policy sync on %I to perch_sync using (customer_id = %s) with check (customer_id = %s)', t, here, here);
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
  end loop;
  -- Who is limited to some connections sees and gives roles of these alone, and no role for all of them.
  foreach t in array array['reveals', 'user_roles', 'raw_records'] loop
    execute format('create policy connection_limit on %I as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
      || 'or strpos(current_setting(''app.connection_ids'', true), connection_id::text) > 0)', t);
  end loop;

  -- The audit is read by those who may, team changes are made by those who may.
  foreach t in array array['audit_log', 'audit_details', 'audit_heads', 'audit_signatures', 'audit_checks', 'reveals'] loop
    execute format('create policy audit_grant on %I as restrictive to perch_tenant using (current_setting(''app.can_audit'', true) = ''on'')', t);
  end loop;
  -- The audit tells of every connection: it is for those whose role covers all of them.
  foreach t in array array['audit_log', 'audit_details', 'audit_heads', 'audit_signatures', 'audit_checks'] loop
    execute format('create policy whole_employer on %I as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'')', t);
  end loop;
  execute 'create policy team_insert on user_roles as restrictive for insert to perch_tenant with check (current_setting(''app.can_team'', true) = ''on'')';
  execute 'create policy team_delete on user_roles as restrictive for delete to perch_tenant using (current_setting(''app.can_team'', true) = ''on'')';

  -- Staff read the chain that the address names; what people wrote into an employer's chain stays the employer's.
  -- Of every chain they see its state: numbers and hashes.
  foreach t in array array['audit_heads', 'audit_signatures', 'audit_checks'] loop
    execute format('create policy staff_read on %I for select to perch_staff using (true)', t);
  end loop;
  execute format('create policy staff_read on audit_details for select to perch_staff using (customer_id = %s and customer_id = %s)', here, nobody);

  -- A ciphertext is readable only for a minute, by the person for whom its opening was recorded; and never by the
  -- transaction that recorded it, which could still take the record back.
  execute format('create policy recorded on reveals for select to perch_reveal using (customer_id = %s and user_id = current_setting(''app.user_id'', true) '
    || 'and recorded_in is distinct from pg_current_xact_id_if_assigned())', here);
  execute format('create policy recorded on sealed_values for select to perch_reveal using (customer_id = %s and exists (select from reveals r '
    || 'where r.customer_id = sealed_values.customer_id and r.sealed_value_id = sealed_values.id and r.created_at > now() - interval ''1 minute''))', here);
  execute format('create policy reveal on data_keys for select to perch_reveal using (customer_id = %s)', here);
end
$$;
--> statement-breakpoint
grant select on audit_details, audit_heads, audit_signatures, audit_checks to perch_tenant, perch_staff;
--> statement-breakpoint
grant select on audit_log, audit_details, audit_heads, audit_signatures to perch_sync;
--> statement-breakpoint
grant insert on audit_signatures to perch_sync;
--> statement-breakpoint
grant select, insert, update on audit_checks to perch_sync;
--> statement-breakpoint
grant select, delete on reveals to perch_sync;
--> statement-breakpoint
grant select on reveals, sealed_values, data_keys to perch_reveal;
--> statement-breakpoint
grant insert, delete on user_roles to perch_tenant;
--> statement-breakpoint
-- Only keys:rotate, on the worker's login, wraps a data key anew.
revoke update on data_keys from perch_tenant;
--> statement-breakpoint
-- An employee sees that the own SSN is held, and its last four digits.
grant select (customer_id, id, connection_id, owner_table, owner_id, kind, ordinal, last_four, updated_at) on sealed_values to perch_employee;
--> statement-breakpoint
create policy employee on sealed_values for select to perch_employee
  using (customer_id = nullif(current_setting('app.customer_id', true), '')::uuid and owner_table = 'individuals'
    and owner_id::text = current_setting('app.individual_id', true) and connection_id::text = current_setting('app.connection_ids', true));
--> statement-breakpoint
-- Break-glass names one sealed value by its person: staff see that it is there, never what is in it.
grant select (customer_id, id, connection_id, owner_table, owner_id, kind, ordinal, updated_at) on sealed_values to perch_staff;
--> statement-breakpoint
create policy staff_ssn on sealed_values for select to perch_staff
  using (customer_id = nullif(current_setting('app.customer_id', true), '')::uuid and kind = 'ssn');
--> statement-breakpoint
-- next-auth's login: identity, and nothing of any employer.
grant select, insert, update, delete on passkeys, totp_factors, recovery_codes, auth_challenges, known_devices to perch_auth;
--> statement-breakpoint
grant update (email) on users to perch_auth;
--> statement-breakpoint
grant select, update on totp_factors to perch_worker;
--> statement-breakpoint
grant select, delete on auth_challenges, known_devices to perch_worker;
--> statement-breakpoint
grant select, insert, update, delete on retention_runs to perch_worker;
--> statement-breakpoint
grant select on retention_runs to perch_staff, perch_support;
--> statement-breakpoint
-- Mails to people of ours, by their id: no caller names an address. An account without an address gets none.
create function notify_user(p_user_id text, p_template text, p_parameters jsonb) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  address text;
begin
  select u.email into address from users u where u.id = p_user_id and u.disabled_at is null and u.email not like '%.invalid';
  if address is null then
    return false;
  end if;
  perform enqueue('mail.send', json_build_object('outboxId', queue_mail(p_template, address, p_parameters)), null, null, null, 8, -5);
  return true;
end
$$;
--> statement-breakpoint
-- Mails to the administrators of the employer in the setting (the nil customer's: staff admins). Returns how many.
create function notify_admins(p_template text, p_parameters jsonb) returns integer
language sql security definer set search_path = public, pg_temp as $$
  select count(*) filter (where notify_user(a.user_id, p_template, p_parameters))::int from (
    select distinct g.user_id from user_roles g
    where g.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid and g.role in ('employer_admin', 'staff_admin')
  ) a
$$;
--> statement-breakpoint
-- The people with a role at the employer in the setting, for those who see the team.
create function list_members() returns table (user_id text, email text, name text, disabled boolean, second_factor boolean, last_seen_at timestamptz, elsewhere boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.email, u.name, u.disabled_at is not null,
    exists (select from passkeys p where p.user_id = u.id) or exists (select from totp_factors t where t.user_id = u.id and t.confirmed_at is not null),
    (select max(s.last_seen_at) from sessions s where s.user_id = u.id),
    exists (select from user_roles o where o.user_id = u.id and o.customer_id <> here.id)
  from (select nullif(current_setting('app.customer_id', true), '')::uuid as id) here
  join users u on exists (select from user_roles g where g.user_id = u.id and g.customer_id = here.id)
  where current_setting('app.can_team', true) = 'on'
$$;
--> statement-breakpoint
-- Names for a timeline: of people with a role here or on the platform; staff, who work for everybody, see every name.
create or replace function find_user_names(p_ids text[]) returns table (id text, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, coalesce(u.name, split_part(u.email, '@', 1)) from users u
  where u.id = any (p_ids) and (current_setting('role', true) = 'perch_staff' or exists (select from user_roles g where g.user_id = u.id
    and g.customer_id in (nullif(current_setting('app.customer_id', true), '')::uuid, '00000000-0000-0000-0000-000000000000')))
$$;
--> statement-breakpoint
-- A changed role: each session of that person gets a new token with its next page. It keeps what it showed: an
-- administrator here must not be able to hinder somebody's work at another employer.
create function renew_sessions_of(p_user_id text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update sessions set rotate_due = true where user_id = p_user_id
$$;
--> statement-breakpoint
-- For somebody who lost the second factor: removes all factors and ends all sessions. An employer's administrator may do
-- so for people of that employer alone; staff for everybody. Asks the database whether the person in the setting may;
-- only an operator's command, which runs as staff, acts for no person.
create function reset_second_factors(p_user_id text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  here uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  person text := nullif(current_setting('app.user_id', true), '');
  wanted text := case when current_setting('role', true) = 'perch_staff' then 'platform:users' else 'team:manage' end;
begin
  if (case when person is null then wanted <> 'platform:users' else not still_holds(person, wanted) end) then
    return false;
  end if;
  if current_setting('role', true) <> 'perch_staff' and (
    current_setting('app.can_team', true) is distinct from 'on'
    or not exists (select from user_roles g where g.user_id = p_user_id and g.customer_id = here)
    or exists (select from user_roles g where g.user_id = p_user_id and g.customer_id <> here)
  ) then
    return false;
  end if;
  delete from passkeys where user_id = p_user_id;
  delete from totp_factors where user_id = p_user_id;
  delete from recovery_codes where user_id = p_user_id;
  delete from known_devices where user_id = p_user_id;
  delete from sessions where user_id = p_user_id;
  return true;
end
$$;
--> statement-breakpoint
-- The user of an address, made if new. Only for those who give roles.
create or replace function ensure_user(p_email text, p_name text default null) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_id text;
begin
  if current_setting('role', true) = 'perch_tenant' and current_setting('app.can_team', true) is distinct from 'on' then
    raise exception 'ensure_user is for those who give roles';
  end if;
  insert into users (email, name) values (p_email, p_name) on conflict (email) do nothing;
  select u.id into found_id from users u where u.email = p_email;
  return found_id;
end
$$;
--> statement-breakpoint
-- The user of an identity provider's subject, made if new. Issuer and subject are the identity, never an address.
create function ensure_staff_identity(p_issuer text, p_subject text, p_name text default null) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_id text;
begin
  perform pg_advisory_xact_lock(hashtextextended('staff:' || p_issuer || ' ' || p_subject, 0));
  select a.user_id into found_id from accounts a where a.provider = p_issuer and a.provider_account_id = p_subject;
  if found_id is null then
    insert into users (email, name) values (gen_random_uuid() || '@staff.invalid', p_name) returning id into found_id;
    insert into accounts (user_id, type, provider, provider_account_id) values (found_id, 'oidc', p_issuer, p_subject);
  end if;
  return found_id;
end
$$;
--> statement-breakpoint
-- Whether somebody's own roles, at the customer of the setting or on the platform, include a permission at this moment.
create function still_holds(p_user_id text, p_permission text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from resolve_grants(p_user_id) g
    where g.customer_id in (nullif(current_setting('app.customer_id', true), '')::uuid, '00000000-0000-0000-0000-000000000000')
      and p_permission = any (g.permissions))
$$;
--> statement-breakpoint
-- How many people administer the employer in the setting (the nil customer: the platform). Disabled ones do not count.
create function count_admins() returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(distinct g.user_id)::int from user_roles g join users u on u.id = g.user_id and u.disabled_at is null
  where g.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid and g.connection_id is null
    and g.role = case when g.customer_id = '00000000-0000-0000-0000-000000000000' then 'staff_admin' else 'employer_admin' end
$$;
--> statement-breakpoint
-- The user of an address, or null. For staff administrators only: it tells which addresses are known.
create function find_user_id(p_email text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id from users u where u.email = p_email
$$;
--> statement-breakpoint
-- Records that a sealed value is about to be opened: its audit row and the right to read it, or neither. Asks the
-- database itself whether this person may: a wrong Context alone opens nothing. What is hidden (a disconnected
-- connection, a withdrawn product) is not there.
create function record_reveal(p_sealed_value_id uuid, p_reason text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  here uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  person text := nullif(current_setting('app.user_id', true), '');
  staff boolean := current_setting('role', true) = 'perch_staff';
  limits text := current_setting('app.connection_ids', true);
  found sealed_values%rowtype;
  new_id uuid := gen_random_uuid();
  seq bigint;
begin
  select v.* into found from sealed_values v
  join connections c on c.customer_id = v.customer_id and c.id = v.connection_id and c.disconnected_at is null
    and case when v.owner_table = 'companies' then 'company' else 'ssn' end = any (c.products)
  where v.customer_id = here and v.id = p_sealed_value_id and v.kind in ('ssn', 'account', 'routing')
    and (limits = '*' or strpos(limits, v.connection_id::text) > 0);
  if found.id is null or person is null or coalesce(btrim(p_reason), '') = '' then
    return null;
  end if;
  if staff then
    if found.kind <> 'ssn' or not exists (select from resolve_grants(person) g
      where g.customer_id = '00000000-0000-0000-0000-000000000000' and 'platform:break_glass' = any (g.permissions)) then
      return null;
    end if;
  elsif current_setting('app.can_secrets', true) is distinct from 'on' or not holds_permission(person,
    case when found.kind = 'ssn' then 'individual:reveal_ssn' else 'company:reveal_bank' end, found.connection_id) then
    return null;
  end if;
  seq := audit_append('user', person, case when staff then 'sealed_value.break_glass' else 'sealed_value.reveal' end,
    found.owner_table, found.owner_id::text,
    jsonb_build_object('kind', found.kind, 'reason', p_reason) || case when found.kind = 'ssn' then '{}' else jsonb_build_object('ordinal', found.ordinal) end);
  insert into reveals (customer_id, id, user_id, connection_id, sealed_value_id, kind, break_glass, audit_seq)
  values (here, new_id, person, found.connection_id, found.id, found.kind, staff, seq);
  return new_id;
end
$$;
--> statement-breakpoint
-- Deletes audit rows older than p_before, never younger than a year, never past the last signed head and never behind a
-- younger row. The hash of the last deleted row stays, so that the rest of the chain still verifies. Returns how many went.
create function audit_prune(p_before timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  here uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  oldest timestamptz := least(p_before, now() - interval '1 year');
  first_kept bigint;
  border bigint;
  gone integer;
begin
  perform from audit_heads h where h.customer_id = here for update;
  select l.seq into first_kept from audit_log l where l.customer_id = here and l.at >= oldest order by l.seq limit 1;
  select l.seq into border from audit_log l
  where l.customer_id = here and (first_kept is null or l.seq < first_kept)
    and l.seq <= (select max(s.seq) from audit_signatures s where s.customer_id = here)
  order by l.seq desc limit 1;
  if border is null then
    return 0;
  end if;
  update audit_heads h set base_seq = border, base_hash = l.hash from audit_log l
  where h.customer_id = here and l.customer_id = here and l.seq = border;
  delete from audit_details d where d.customer_id = here and d.seq <= border;
  delete from audit_log l where l.customer_id = here and l.seq <= border;
  get diagnostics gone = row_count;
  return gone;
end
$$;
--> statement-breakpoint
-- Erases what audit rows about one target say of a person: value and salt. The rows keep their digest, so the chain
-- still verifies and the value cannot be guessed back. Returns how many rows lost their details.
create function erase_audit_details(p_target_type text, p_target_id text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  here uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  gone integer;
begin
  delete from audit_details d using audit_log l
  where d.customer_id = here and l.customer_id = here and l.seq = d.seq
    and l.target_type = p_target_type and l.target_id = p_target_id;
  get diagnostics gone = row_count;
  return gone;
end
$$;
--> statement-breakpoint
do $$
declare
  fn record;
begin
  for fn in
    select p.oid::regprocedure as signature, p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proname in ('notify_user', 'notify_admins', 'list_members', 'renew_sessions_of',
      'reset_second_factors', 'ensure_user', 'ensure_staff_identity', 'record_reveal', 'audit_prune',
      'still_holds', 'count_admins', 'find_user_id', 'erase_audit_details')
  loop
    execute format('revoke all on function %s from public', fn.signature);
    if fn.proname in ('notify_admins', 'list_members', 'renew_sessions_of', 'reset_second_factors', 'ensure_user', 'record_reveal',
      'still_holds', 'count_admins') then
      execute format('grant execute on function %s to perch_tenant, perch_staff', fn.signature);
    end if;
    if fn.proname = 'notify_user' then
      execute format('grant execute on function %s to perch_tenant, perch_staff, perch_auth, perch_sync', fn.signature);
    end if;
    if fn.proname = 'notify_admins' then
      execute format('grant execute on function %s to perch_sync', fn.signature);
    end if;
    if fn.proname in ('ensure_staff_identity', 'find_user_id') then
      execute format('grant execute on function %s to perch_staff', fn.signature);
    end if;
    if fn.proname in ('audit_prune', 'erase_audit_details') then
      execute format('grant execute on function %s to perch_sync', fn.signature);
    end if;
  end loop;
  grant execute on function audit_append(text, text, text, text, text, jsonb) to perch_auth;
end
$$;

--> statement-breakpoint
-- Jobs that tell somebody outside carry a flag, so that a restored copy can hold them without touching them.
create or replace function enqueue(p_name text, p_payload json, p_key text, p_queue text, p_run_at timestamptz, p_max_attempts integer, p_priority integer)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_job(
    identifier => p_name, payload => p_payload, queue_name => p_queue, run_at => p_run_at, max_attempts => p_max_attempts,
    job_key => p_key, priority => p_priority, job_key_mode => case when p_key is null then 'replace' else 'preserve_run_at' end,
    flags => case when p_name in ('mail.send', 'token.revoke') then array['outbound'] end);
end
$$;
--> statement-breakpoint
-- Cluster and database in which this runs; a dump restored elsewhere and a cloned database have another one.
create function live_database_identity() returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select c.system_identifier || ':' || d.oid from pg_control_system() c, pg_database d where d.datname = current_database()
$$;
--> statement-breakpoint
-- Makes this a restored copy: whoever was signed in is not, links are void, and nothing is sent until staff confirm.
create function quarantine_installation(p_actor text, p_reason text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ended integer;
begin
  perform set_config('app.customer_id', '00000000-0000-0000-0000-000000000000', true);
  update installation set quarantined_at = coalesce(quarantined_at, now()), database_identity = live_database_identity();
  delete from sessions;
  get diagnostics ended = row_count;
  delete from verification_tokens;
  delete from auth_challenges;
  delete from lookups where expires_at is not null;
  -- Jobs of a release that set no flags.
  update graphile_worker._private_jobs j set flags = '{"outbound": true}' from graphile_worker._private_tasks t
  where t.id = j.task_id and t.identifier in ('mail.send', 'token.revoke') and j.flags is null;
  perform audit_append('system', p_actor, 'installation.quarantine', 'installation', 'installation',
    jsonb_build_object('reason', p_reason, 'sessions', ended));
end
$$;
--> statement-breakpoint
-- What each process asks at its start. The first start fixes the Finch environment; a start in another database than the
-- last one's finds a restored copy. With another environment nothing is changed: the caller stops.
create function claim_installation(p_environment text) returns table (environment text, quarantined_at timestamptz, restored boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  here installation%rowtype;
  live text := live_database_identity();
  is_copy boolean := false;
begin
  if p_environment not in ('sandbox', 'development', 'production') then
    raise exception 'there is no such Finch environment';
  end if;
  insert into installation (id) values (true) on conflict do nothing;
  select * into here from installation for update;
  if coalesce(here.environment, p_environment) = p_environment then
    update installation i set environment = p_environment, database_identity = coalesce(i.database_identity, live)
    where i.environment is null or i.database_identity is null;
    is_copy := here.database_identity <> live;
    if is_copy then
      perform quarantine_installation('start', 'the database is another one than at the last start');
    end if;
  end if;
  return query select i.environment, i.quarantined_at, coalesce(is_copy, false) from installation i;
end
$$;
--> statement-breakpoint
-- Staff have looked at the restored copy: mail and disconnects go on. False where nothing was held.
create function confirm_restore() returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  person text := nullif(current_setting('app.user_id', true), '');
  staff boolean := current_setting('role', true) = 'perch_staff';
begin
  perform set_config('app.customer_id', '00000000-0000-0000-0000-000000000000', true);
  if staff and person is null then
    raise exception 'confirm_restore needs a person';
  end if;
  update installation set quarantined_at = null where quarantined_at is not null;
  if not found then
    return false;
  end if;
  perform audit_append(case when staff then 'user' else 'system' end, case when staff then person else 'restore:confirm' end,
    'installation.confirm_restore', 'installation', 'installation', null);
  return true;
end
$$;
--> statement-breakpoint
revoke all on function live_database_identity(), quarantine_installation(text, text), claim_installation(text), confirm_restore() from public;
--> statement-breakpoint
grant execute on function claim_installation(text) to perch_app, perch_worker;
--> statement-breakpoint
grant execute on function quarantine_installation(text, text) to perch_worker;
--> statement-breakpoint
grant execute on function confirm_restore() to perch_staff, perch_worker;

-- Lock 2 (DESIGN §5): forced row-level security, one policy per role, never
-- OR-ed with a platform case, so that equality with one setting keeps an index.
revoke all on schema public from public;
--> statement-breakpoint
grant usage on schema public to perch_app, perch_auth, perch_worker, perch_tenant, perch_employee, perch_support, perch_staff, perch_sync;
--> statement-breakpoint
do $$
declare
  t text;
  tenant_tables text[] := array['customers', 'roles', 'role_permissions', 'user_roles', 'connect_sessions', 'connections',
    'access_tokens', 'data_keys', 'sealed_values', 'connection_events', 'sync_runs', 'sync_steps', 'api_requests',
    'companies', 'individuals', 'individual_profiles', 'individual_traits', 'income_history', 'raw_records',
    'audit_heads', 'audit_log', 'audit_details'];
  key text;
  here constant text := 'nullif(current_setting(''app.customer_id'', true), '''')::uuid';
begin
  foreach t in array tenant_tables loop
    key := case t when 'customers' then 'id' else 'customer_id' end;
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to perch_tenant using (%I = %s) with check (%I = %s)', t, key, here, key, here);
    execute format('create policy sync on %I to perch_sync using (%I = %s) with check (%I = %s)', t, key, here, key, here);
    -- The owner runs the definer functions and the migrations.
    execute format('create policy owner on %I to current_user using (true) with check (true)', t);
  end loop;

  -- A role may be limited to some connections.
  foreach t in array array['connections', 'connection_events', 'sync_runs', 'companies', 'individuals', 'individual_profiles',
    'individual_traits', 'income_history', 'sealed_values', 'access_tokens', 'api_requests'] loop
    key := case t when 'connections' then 'id' else 'connection_id' end;
    execute format(
      'create policy connection_limit on %I as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
      || 'or strpos(current_setting(''app.connection_ids'', true), %I::text) > 0)', t, key);
  end loop;

  execute 'create policy connection_limit on connect_sessions as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
    || 'or strpos(current_setting(''app.connection_ids'', true), connection_id::text) > 0)';
  -- A step is as visible as its run.
  execute 'create policy connection_limit on sync_steps as restrictive to perch_tenant using (current_setting(''app.connection_ids'', true) = ''*'' '
    || 'or exists (select from sync_runs r where r.customer_id = sync_steps.customer_id and r.id = sync_steps.run_id))';

  -- Data classes.
  execute 'create policy pii_grant on individual_profiles as restrictive to perch_tenant using (current_setting(''app.can_pii'', true) = ''on'')';
  execute 'create policy traits_grant on individual_traits as restrictive to perch_tenant using (current_setting(''app.can_traits'', true) = ''on'')';
  execute 'create policy pay_grant on income_history as restrictive to perch_tenant using (current_setting(''app.can_pay'', true) = ''on'')';
  execute 'create policy secrets_grant on sealed_values as restrictive to perch_tenant using (current_setting(''app.can_secrets'', true) = ''on'')';

  -- An employee: the own individual in one connection.
  execute format('create policy employee on customers for select to perch_employee using (id = %s)', here);
  execute format('create policy employee on connections for select to perch_employee using (customer_id = %s and id::text = current_setting(''app.connection_ids'', true))', here);
  execute format('create policy employee on individuals for select to perch_employee using (customer_id = %s and id::text = current_setting(''app.individual_id'', true) '
    || 'and connection_id::text = current_setting(''app.connection_ids'', true))', here);
  foreach t in array array['individual_profiles', 'individual_traits', 'income_history'] loop
    execute format('create policy employee on %I for select to perch_employee using (customer_id = %s and individual_id::text = current_setting(''app.individual_id'', true) '
      || 'and connection_id::text = current_setting(''app.connection_ids'', true))', t, here);
  end loop;

  -- Staff: names, connections and health of every employer.
  foreach t in array array['customers', 'roles', 'role_permissions', 'user_roles', 'connect_sessions', 'connections',
    'connection_events', 'sync_runs', 'sync_steps', 'api_requests', 'individuals'] loop
    execute format('create policy staff on %I for select to perch_staff using (true)', t);
    execute format('create policy support on %I for select to perch_support using (true)', t);
  end loop;
  execute 'create policy staff on access_tokens for select to perch_staff using (true)';
  -- What staff write, they write at the employer that the URL names.
  foreach t in array array['connection_events', 'sync_runs', 'sync_steps'] loop
    execute format('create policy staff_insert on %I for insert to perch_staff with check (customer_id = %s)', t, here);
    execute format('create policy support_insert on %I for insert to perch_support with check (customer_id = %s)', t, here);
  end loop;
  foreach t in array array['connections', 'access_tokens', 'sync_runs', 'sync_steps'] loop
    execute format('create policy staff_update on %I for update to perch_staff using (customer_id = %s) with check (customer_id = %s)', t, here, here);
  end loop;
  execute 'create policy staff_insert on customers for insert to perch_staff with check (true)';
  execute 'create policy staff_insert on user_roles for insert to perch_staff with check (true)';
  execute 'create policy staff_delete on user_roles for delete to perch_staff using (true)';
  execute format('create policy staff_read on audit_log for select to perch_staff using (customer_id = %s)', here);

  -- Built-in roles have the nil customer and are readable by every employer.
  execute 'create policy builtin on roles for select to perch_tenant using (customer_id = ''00000000-0000-0000-0000-000000000000'')';
  execute 'create policy builtin on role_permissions for select to perch_tenant using (customer_id = ''00000000-0000-0000-0000-000000000000'')';
end
$$;
--> statement-breakpoint
-- Employer roles. Ciphertext of tokens, sealed values and raw answers are not readable by any of them.
grant select on customers, roles, role_permissions, user_roles, connect_sessions, connections, data_keys, connection_events,
  sync_runs, sync_steps, api_requests, companies, individuals, individual_profiles, individual_traits, income_history,
  audit_log, providers, permissions to perch_tenant;
--> statement-breakpoint
grant insert, update on connect_sessions, connections, sync_runs, sync_steps, data_keys to perch_tenant;
--> statement-breakpoint
grant insert on connection_events, access_tokens, api_requests to perch_tenant;
--> statement-breakpoint
grant select (customer_id, id, connection_id, products, key_id, state, created_at, replaced_at, destroyed_at) on access_tokens to perch_tenant;
--> statement-breakpoint
grant update (ciphertext, key_id, state, replaced_at, destroyed_at) on access_tokens to perch_tenant;
--> statement-breakpoint
grant select (customer_id, id, connection_id, owner_table, owner_id, kind, ordinal, last_four, updated_at) on sealed_values to perch_tenant;
--> statement-breakpoint
grant select on customers, connections, individuals, individual_profiles, individual_traits, income_history, providers, permissions to perch_employee;
--> statement-breakpoint
grant select on customers, roles, role_permissions, user_roles, connect_sessions, connections, connection_events, sync_runs,
  sync_steps, api_requests, providers, permissions to perch_staff, perch_support;
--> statement-breakpoint
grant select (customer_id, id, connection_id, entity_id, finch_individual_id, first_name, last_name, sort_name, is_active, deleted_at)
  on individuals to perch_staff, perch_support;
--> statement-breakpoint
grant insert on connection_events, sync_runs, sync_steps to perch_staff, perch_support;
--> statement-breakpoint
grant insert on customers, user_roles to perch_staff;
--> statement-breakpoint
grant delete on user_roles to perch_staff;
--> statement-breakpoint
grant update on connections, sync_runs, sync_steps to perch_staff;
--> statement-breakpoint
grant select (customer_id, id, connection_id, state) on access_tokens to perch_staff;
--> statement-breakpoint
grant update (state, replaced_at) on access_tokens to perch_staff;
--> statement-breakpoint
grant select on audit_log to perch_staff;
--> statement-breakpoint
-- The worker's role: the whole mirror of the one customer in the setting.
grant select, insert, update, delete on connect_sessions, connections, access_tokens, data_keys, sealed_values, connection_events,
  sync_runs, sync_steps, api_requests, companies, individuals, individual_profiles, individual_traits, income_history,
  raw_records to perch_sync;
--> statement-breakpoint
grant select on customers, roles, role_permissions, user_roles, providers, permissions to perch_sync;
--> statement-breakpoint
-- Logins, for global tables only.
grant select, insert, update, delete on accounts, sessions, verification_tokens to perch_auth;
--> statement-breakpoint
-- Only known people get a session: next-auth makes no user.
grant select, update (email_verified, name) on users to perch_auth;
--> statement-breakpoint
grant select, insert, update, delete on rate_limits to perch_app, perch_auth, perch_worker;
--> statement-breakpoint
grant select on installation, providers, permissions to perch_app, perch_auth, perch_worker;
--> statement-breakpoint
grant select, insert, update, delete on providers, mail_outbox, lookups to perch_worker;
--> statement-breakpoint
grant select, update on users to perch_worker;
--> statement-breakpoint
grant select, update, delete on verification_tokens to perch_worker;
--> statement-breakpoint
grant select, delete on sessions to perch_worker;
--> statement-breakpoint
grant insert, update on installation to perch_worker;
--> statement-breakpoint
create function resolve_lookup(p_kind text, p_hash text) returns table (customer_id uuid, row_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.customer_id, l.row_id from lookups l
  where l.kind = p_kind and l.hash = p_hash and (l.expires_at is null or l.expires_at > now())
$$;
--> statement-breakpoint
-- True where the key is the caller's: new, or already naming the same customer and row.
create function put_lookup(p_kind text, p_hash text, p_row_id uuid, p_expires_at timestamptz default null) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  mine uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  ours boolean;
begin
  if mine is null then
    raise exception 'put_lookup needs a customer';
  end if;
  insert into lookups (kind, hash, customer_id, row_id, expires_at) values (p_kind, p_hash, mine, p_row_id, p_expires_at)
  on conflict (kind, hash) do nothing;
  select l.customer_id = mine and l.row_id = p_row_id into ours from lookups l where l.kind = p_kind and l.hash = p_hash;
  return coalesce(ours, false);
end
$$;
--> statement-breakpoint
create function drop_lookup(p_kind text, p_hash text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from lookups l where l.kind = p_kind and l.hash = p_hash
    and l.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid;
  return found;
end
$$;
--> statement-breakpoint
create function enqueue(p_name text, p_payload json, p_key text, p_queue text, p_run_at timestamptz, p_max_attempts integer, p_priority integer)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_job(
    identifier => p_name, payload => p_payload, queue_name => p_queue, run_at => p_run_at, max_attempts => p_max_attempts,
    job_key => p_key, priority => p_priority, job_key_mode => case when p_key is null then 'replace' else 'preserve_run_at' end);
end
$$;
--> statement-breakpoint
create function queue_mail(p_template text, p_recipient text, p_parameters jsonb, p_link_id uuid default null) returns uuid
language sql security definer set search_path = public, pg_temp as $$
  insert into mail_outbox (template, recipient, parameters, link_id) values (p_template, p_recipient, p_parameters, p_link_id) returning id
$$;
--> statement-breakpoint
-- The mail of a request to sign in: known and unknown addresses alike, the worker decides.
create function request_sign_in_mail(p_request_id uuid, p_recipient text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  outbox_id uuid := queue_mail('sign-in', p_recipient, '{}', p_request_id);
begin
  perform enqueue('mail.send', json_build_object('outboxId', outbox_id), null, null, null, 8, -10);
  return outbox_id;
end
$$;
--> statement-breakpoint
-- What /api/health/ready asks: how many migrations ran, and whether the demo is there.
create function installation_state() returns table (migrations integer, demo_seeded_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*)::int from drizzle.__drizzle_migrations), i.demo_seeded_at from installation i
$$;
--> statement-breakpoint
-- A user's roles over all customers: the only read that crosses tenants, and only of the user's own rights.
create function resolve_grants(p_user_id text)
returns table (customer_id uuid, customer_name text, time_zone text, role text, role_label text, database_role text, permissions text[], connection_id uuid, individual_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.customer_id, c.name, c.time_zone, g.role, r.label, r.database_role,
    array(select rp.permission from role_permissions rp where rp.customer_id = r.customer_id and rp.role = r.name order by 1),
    g.connection_id, g.individual_id
  from user_roles g
  join users u on u.id = g.user_id and u.disabled_at is null
  left join customers c on c.id = g.customer_id
  join lateral (
    select * from roles r2 where r2.name = g.role and r2.customer_id in (g.customer_id, '00000000-0000-0000-0000-000000000000')
    order by r2.customer_id = g.customer_id desc limit 1
  ) r on true
  where g.user_id = p_user_id
  order by c.name, g.role, g.created_at
$$;
--> statement-breakpoint
-- Whether a user's roles at the customer of the setting include a permission at this moment.
create function holds_permission(p_user_id text, p_permission text, p_connection_id uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from resolve_grants(p_user_id) g
    where g.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid
      and p_permission = any (g.permissions) and (g.connection_id is null or g.connection_id = p_connection_id))
$$;
--> statement-breakpoint
-- Whether an address may sign in: a known user, not disabled, with at least one role.
create function may_sign_in(p_email text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from users u where u.email = p_email and u.disabled_at is null
    and exists (select from user_roles g where g.user_id = u.id))
$$;
--> statement-breakpoint
create function find_user_names(p_ids text[]) returns table (id text, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, coalesce(u.name, split_part(u.email, '@', 1)) from users u
  where u.id = any (p_ids) and exists (select from user_roles g where g.user_id = u.id
    and g.customer_id in (nullif(current_setting('app.customer_id', true), '')::uuid, '00000000-0000-0000-0000-000000000000'))
$$;
--> statement-breakpoint
-- The user of an address, made if new. Only for those who give roles.
create function ensure_user(p_email text, p_name text default null) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_id text;
begin
  insert into users (email, name) values (p_email, p_name) on conflict (email) do nothing;
  select u.id into found_id from users u where u.email = p_email;
  return found_id;
end
$$;
--> statement-breakpoint
-- The only writer of the audit, and the last statement of a transaction: it
-- locks the customer's head row. jsonb text is canonical: keys are ordered.
create function audit_append(p_actor_kind text, p_actor_id text, p_action text, p_target_type text, p_target_id text, p_details jsonb default null)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  customer uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  head audit_heads%rowtype;
  next_seq bigint;
  moment timestamptz := clock_timestamp();
  new_salt uuid;
  digest text;
  body jsonb;
  new_hash text;
begin
  if customer is null then
    raise exception 'audit_append needs a customer';
  end if;
  insert into audit_heads (customer_id, seq, hash) values (customer, 0, '') on conflict do nothing;
  select * into head from audit_heads h where h.customer_id = customer for update;
  next_seq := head.seq + 1;
  if p_details is not null then
    new_salt := gen_random_uuid();
    digest := encode(sha256(convert_to(new_salt::text || encode(sha256(convert_to(new_salt::text || p_details::text, 'utf8')), 'hex'), 'utf8')), 'hex');
  end if;
  body := jsonb_build_object('customer', customer, 'seq', next_seq, 'at', to_char(moment at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actorKind', p_actor_kind, 'actorId', p_actor_id, 'action', p_action, 'targetType', p_target_type, 'targetId', p_target_id, 'detailsDigest', digest);
  new_hash := encode(sha256(convert_to(head.hash || body::text, 'utf8')), 'hex');
  insert into audit_log (customer_id, seq, at, actor_kind, actor_id, action, target_type, target_id, details_digest, prev_hash, hash)
  values (customer, next_seq, moment, p_actor_kind, p_actor_id, p_action, p_target_type, p_target_id, digest, head.hash, new_hash);
  if p_details is not null then
    insert into audit_details (customer_id, seq, salt, details) values (customer, next_seq, new_salt, p_details);
  end if;
  update audit_heads h set seq = next_seq, hash = new_hash where h.customer_id = customer;
  return next_seq;
end
$$;
--> statement-breakpoint
-- Daily partitions of api_requests: each is under forced row-level security too.
create function ensure_api_request_partitions(p_from date, p_to date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  day date;
  part text;
  made integer := 0;
begin
  for day in select generate_series(p_from, least(p_to, p_from + 60), interval '1 day')::date loop
    part := 'api_requests_' || to_char(day, 'YYYYMMDD');
    if to_regclass('public.' || part) is null then
      begin
        execute format('create table %I partition of api_requests for values from (%L) to (%L)', part, day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
        execute format('alter table %I enable row level security', part);
        execute format('alter table %I force row level security', part);
        made := made + 1;
      exception when check_violation then
        -- The default partition already holds rows of that day: they stay there until retention drops them.
        null;
      end;
    end if;
  end loop;
  return made;
end
$$;
--> statement-breakpoint
create function drop_api_request_partitions(p_before date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part record;
  dropped integer := 0;
begin
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'api_requests'::regclass and c.relname ~ '^api_requests_\d{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < p_before
  loop
    execute format('drop table %I', part.relname);
    dropped := dropped + 1;
  end loop;
  delete from api_requests_default where at < p_before;
  return dropped;
end
$$;
--> statement-breakpoint
create table api_requests_default partition of api_requests default;
--> statement-breakpoint
alter table api_requests_default enable row level security;
--> statement-breakpoint
alter table api_requests_default force row level security;
--> statement-breakpoint
create policy owner on api_requests_default to current_user using (true);
--> statement-breakpoint
select ensure_api_request_partitions(current_date - 1, current_date + 14);
--> statement-breakpoint
do $$
declare
  fn record;
begin
  for fn in
    select p.oid::regprocedure as signature, p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prosecdef
  loop
    execute format('revoke all on function %s from public', fn.signature);
    if fn.proname in ('resolve_lookup', 'put_lookup', 'drop_lookup', 'enqueue', 'queue_mail', 'audit_append', 'find_user_names', 'holds_permission') then
      execute format('grant execute on function %s to perch_tenant, perch_employee, perch_staff, perch_support, perch_sync', fn.signature);
    end if;
    if fn.proname in ('resolve_lookup', 'resolve_grants', 'enqueue', 'queue_mail') then
      execute format('grant execute on function %s to perch_app, perch_worker', fn.signature);
    end if;
    if fn.proname = 'installation_state' then
      execute format('grant execute on function %s to perch_app, perch_worker', fn.signature);
    end if;
    if fn.proname in ('request_sign_in_mail', 'may_sign_in', 'resolve_grants') then
      execute format('grant execute on function %s to perch_auth', fn.signature);
    end if;
    if fn.proname in ('may_sign_in', 'ensure_api_request_partitions', 'drop_api_request_partitions') then
      execute format('grant execute on function %s to perch_worker', fn.signature);
    end if;
    if fn.proname = 'ensure_user' then
      execute format('grant execute on function %s to perch_staff', fn.signature);
    end if;
  end loop;
end
$$;

CREATE TABLE "quota_endpoints" (
	"client_id" text NOT NULL,
	"key" text NOT NULL,
	"allowance" integer NOT NULL,
	"window_ms" integer NOT NULL,
	"address_set" text,
	"source" text DEFAULT '' NOT NULL,
	"grants" bigint DEFAULT 0 NOT NULL,
	"paused_until" timestamp with time zone,
	"strikes" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quota_endpoints_client_id_key_pk" PRIMARY KEY("client_id","key")
);
--> statement-breakpoint
CREATE TABLE "quota_lanes" (
	"client_id" text NOT NULL,
	"key" text NOT NULL,
	"lane" text NOT NULL,
	"last_granted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "quota_lanes_client_id_key_lane_pk" PRIMARY KEY("client_id","key","lane")
);
--> statement-breakpoint
CREATE TABLE "quota_slots" (
	"client_id" text NOT NULL,
	"key" text NOT NULL,
	"slot_no" integer NOT NULL,
	"free_at" timestamp with time zone NOT NULL,
	"holder" uuid,
	"granted_at" timestamp with time zone,
	"usable_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	CONSTRAINT "quota_slots_client_id_key_slot_no_pk" PRIMARY KEY("client_id","key","slot_no")
);
--> statement-breakpoint
CREATE TABLE "quota_tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"key" text NOT NULL,
	"priority" smallint NOT NULL,
	"lane" text NOT NULL,
	"turn" timestamp with time zone NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"customer_id" uuid,
	"connection_id" uuid,
	"egress" text,
	"job" text,
	"payload" jsonb,
	"max_attempts" integer,
	"waker" text,
	"work_id" uuid,
	"expires_at" timestamp with time zone,
	"grant_id" uuid
);
--> statement-breakpoint
CREATE INDEX "quota_slots_holder" ON "quota_slots" USING btree ("holder") WHERE holder is not null;--> statement-breakpoint
CREATE INDEX "quota_tickets_order" ON "quota_tickets" USING btree ("client_id","key","priority","turn","joined_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "quota_tickets_waker" ON "quota_tickets" USING btree ("customer_id","waker");--> statement-breakpoint
CREATE INDEX "quota_tickets_connection" ON "quota_tickets" USING btree ("connection_id");--> statement-breakpoint
-- The gate (docs/decisions/0013). Constants: a grant lives 30 s (its lease), a slot rests 50 ms longer than the window,
-- a ticket that nobody asks for lives 5 s. Locks: the advisory lock (505248, hash of client and key) makes one dispatcher
-- at a time for a key; rows of slots are locked after it.
--
-- Makes the sets that a process needs, and brings allowances and windows to what its environment says.
create function quota_configure(p_client text, p_sets jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wanted record;
  known quota_endpoints%rowtype;
  owner_client text;
  present integer;
begin
  if jsonb_array_length(p_sets) > 100 then
    raise exception 'quota_configure takes at most 100 sets';
  end if;
  for wanted in
    select * from jsonb_to_recordset(p_sets) as s("key" text, "allowance" integer, "windowMs" integer, "addressSet" text, "source" text) order by 1
  loop
    if coalesce(wanted."allowance" not between 1 and 10000, true) or coalesce(wanted."windowMs" not between 1000 and 3600000, true) then
      raise exception 'an allowance is 1 to 10000 requests in 1 second to 1 hour';
    end if;
    owner_client := case when wanted."addressSet" is null then '' else p_client end;
    perform pg_advisory_xact_lock(505248, hashtext(owner_client || ' ' || wanted."key"));
    select * into known from quota_endpoints e where e.client_id = owner_client and e.key = wanted."key";
    continue when (known.allowance, known.window_ms, known.address_set, known.source)
      is not distinct from (wanted."allowance", wanted."windowMs", wanted."addressSet", wanted."source");
    insert into quota_endpoints (client_id, key, allowance, window_ms, address_set, source)
    values (owner_client, wanted."key", wanted."allowance", wanted."windowMs", wanted."addressSet", wanted."source")
    on conflict (client_id, key) do update set allowance = excluded.allowance, window_ms = excluded.window_ms,
      address_set = excluded.address_set, source = excluded.source, updated_at = now();
    -- What was used stays used for as long as the window is now; what never was has -infinity, which nothing shifts.
    update quota_slots s set free_at = s.free_at + (wanted."windowMs" - known.window_ms) * interval '1 millisecond'
    where s.client_id = owner_client and s.key = wanted."key" and known.window_ms <> wanted."windowMs";
    -- Those that have been free longest go: what is left says the same of the last window as Finch does.
    delete from quota_slots s using (
      select o.slot_no from quota_slots o where o.client_id = owner_client and o.key = wanted."key"
      order by o.free_at desc, o.slot_no offset wanted."allowance") gone
    where s.client_id = owner_client and s.key = wanted."key" and s.slot_no = gone.slot_no;
    select count(*) into present from quota_slots s where s.client_id = owner_client and s.key = wanted."key";
    insert into quota_slots (client_id, key, slot_no, free_at)
    select owner_client, wanted."key", n, '-infinity' from generate_series(1, wanted."allowance" + present) n
    where not exists (select from quota_slots s where s.client_id = owner_client and s.key = wanted."key" and s.slot_no = n)
    order by n limit wanted."allowance" - present;
  end loop;
  -- Turns of long ago: no order depends on them any more.
  delete from quota_lanes l where l.last_granted_at < now() - interval '1 day';
end
$$;
--> statement-breakpoint
-- Takes a slot of the key and one of the address at once, or says when to look again. For the functions below, which hold the key's lock.
create function quota_take(p_client text, p_key text, p_egress text, p_lane text, p_lookahead_ms integer,
  out grant_id uuid, out next_at timestamptz, out address_full boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e quota_endpoints%rowtype;
  a quota_endpoints%rowtype;
  slot quota_slots%rowtype;
  address quota_slots%rowtype;
  usable timestamptz;
  at timestamptz;
  lease constant interval := interval '30 seconds';
begin
  address_full := false;
  select * into e from quota_endpoints q where q.client_id = p_client and q.key = p_key;
  if e.address_set is null then
    raise exception 'there is no quota of that name';
  end if;
  select * into slot from quota_slots s where s.client_id = p_client and s.key = p_key order by s.free_at, s.slot_no limit 1 for update;
  at := clock_timestamp();
  next_at := greatest(slot.free_at, e.paused_until);
  if next_at > at + p_lookahead_ms * interval '1 millisecond' then
    return;
  end if;
  select * into a from quota_endpoints q where q.client_id = '' and q.key = e.address_set || ':' || p_egress;
  if a.key is null then
    raise exception 'there is no such address';
  end if;
  if coalesce(a.paused_until, at) <= at then
    select * into address from quota_slots s where s.client_id = '' and s.key = a.key and s.free_at <= at
    order by s.slot_no limit 1 for update skip locked;
    if not found then
      select * into address from quota_slots s
      where s.client_id = '' and s.key = a.key and s.free_at <= at + p_lookahead_ms * interval '1 millisecond'
      order by s.free_at limit 1 for update skip locked;
    end if;
  end if;
  if address.slot_no is null then
    address_full := true;
    select greatest(min(s.free_at), a.paused_until, at + interval '20 milliseconds') into next_at
    from quota_slots s where s.client_id = '' and s.key = a.key;
    return;
  end if;
  grant_id := gen_random_uuid();
  usable := greatest(next_at, address.free_at, at);
  next_at := null;
  update quota_slots s set holder = grant_id, granted_at = at, usable_at = usable, sent_at = null,
    free_at = at + e.window_ms * interval '1 millisecond' + lease
  where s.client_id = p_client and s.key = p_key and s.slot_no = slot.slot_no;
  update quota_slots s set holder = grant_id, granted_at = at, usable_at = usable, sent_at = null,
    free_at = at + a.window_ms * interval '1 millisecond' + lease
  where s.client_id = '' and s.key = a.key and s.slot_no = address.slot_no;
  update quota_endpoints q set grants = q.grants + 1 where q.client_id = p_client and q.key = p_key;
  insert into quota_lanes (client_id, key, lane, last_granted_at) values (p_client, p_key, p_lane, at)
  on conflict (client_id, key, lane) do update set last_granted_at = excluded.last_granted_at;
  update quota_tickets t set turn = at where t.client_id = p_client and t.key = p_key and t.lane = p_lane;
end
$$;
--> statement-breakpoint
-- Gives back what was not sent: the slots are as free as they were.
create function quota_return(p_grant uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update quota_slots s set holder = null, granted_at = null, free_at = s.usable_at, usable_at = null
  where s.holder = p_grant and s.sent_at is null;
  if found then
    perform pg_notify('perch_quota', '') where exists (select from quota_tickets);
    return true;
  end if;
  return false;
end
$$;
--> statement-breakpoint
-- Marks a grant as sent, once, from the address that it is sent from. Returns how many milliseconds to wait before
-- sending; null where the grant is spent, too old, of another key, or this address has nothing free: then it is given back.
create function quota_use(p_grant uuid, p_client text, p_key text, p_egress text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e quota_endpoints%rowtype;
  a quota_endpoints%rowtype;
  slot quota_slots%rowtype;
  address quota_slots%rowtype;
  other quota_slots%rowtype;
  at timestamptz;
  sent timestamptz;
  lease constant interval := interval '30 seconds';
begin
  select * into e from quota_endpoints q where q.client_id = p_client and q.key = p_key;
  select * into slot from quota_slots s where s.holder = p_grant and s.client_id = p_client and s.key = p_key for update;
  at := clock_timestamp();
  if slot.key is null or slot.sent_at is not null or slot.granted_at + lease <= at then
    return null;
  end if;
  select * into a from quota_endpoints q where q.client_id = '' and q.key = e.address_set || ':' || p_egress;
  select * into address from quota_slots s where s.holder = p_grant and s.client_id = '' for update;
  if address.key is distinct from a.key or a.paused_until > at then
    -- Granted for another address than the one that sends.
    select * into other from quota_slots s where s.client_id = '' and s.key = a.key and s.free_at <= at and coalesce(a.paused_until <= at, true)
    order by s.slot_no limit 1 for update skip locked;
    if other.key is null then
      perform quota_return(p_grant);
      return null;
    end if;
    update quota_slots s set holder = null, granted_at = null, free_at = s.usable_at, usable_at = null
    where s.client_id = '' and s.key = address.key and s.slot_no = address.slot_no;
    address := other;
  end if;
  sent := greatest(at, slot.usable_at);
  update quota_slots s set sent_at = sent, free_at = sent + e.window_ms * interval '1 millisecond' + lease
  where s.client_id = p_client and s.key = p_key and s.slot_no = slot.slot_no;
  update quota_slots s set holder = p_grant, granted_at = slot.granted_at, usable_at = sent, sent_at = sent,
    free_at = sent + a.window_ms * interval '1 millisecond' + lease
  where s.client_id = '' and s.key = address.key and s.slot_no = address.slot_no;
  return ceil(extract(epoch from sent - at) * 1000);
end
$$;
--> statement-breakpoint
-- Finch has seen the request by now: the slots rest for their windows from here on. A second call changes nothing.
create function quota_answered(p_grant uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  update quota_slots s set holder = null, granted_at = null, usable_at = null, sent_at = null,
    free_at = clock_timestamp() + e.window_ms * interval '1 millisecond' + interval '50 milliseconds'
  from quota_endpoints e where e.client_id = s.client_id and e.key = s.key and s.holder = p_grant and s.sent_at is not null
$$;
--> statement-breakpoint
-- Gives free slots to those who wait, in order, as long as there are both. Returns when to look again, null where nobody
-- waits. For the functions below, which hold the key's lock.
create function quota_serve(p_client text, p_key text, p_egress text, p_lookahead_ms integer) returns timestamptz
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t quota_tickets%rowtype;
  taken record;
  chosen smallint;
  full_addresses text[] := '{}';
  look_again timestamptz;
begin
  perform quota_return(q.grant_id) from quota_tickets q
  where q.client_id = p_client and q.key = p_key and q.expires_at < clock_timestamp() and q.grant_id is not null;
  delete from quota_tickets q where q.client_id = p_client and q.key = p_key and q.expires_at < clock_timestamp();
  loop
    select case when (select (e.grants + 1) % 5 = 0 from quota_endpoints e where e.client_id = p_client and e.key = p_key)
      then max(q.priority) else min(q.priority) end into chosen
    from quota_tickets q where q.client_id = p_client and q.key = p_key and q.grant_id is null
      and coalesce(q.egress, p_egress) <> all (full_addresses);
    exit when chosen is null;
    select * into t from quota_tickets q
    where q.client_id = p_client and q.key = p_key and q.priority = chosen and q.grant_id is null
      and coalesce(q.egress, p_egress) <> all (full_addresses)
    order by q.turn, q.joined_at, q.id limit 1 for update skip locked;
    if not found then
      -- Whoever would be next is just leaving or joining anew.
      return least(look_again, clock_timestamp() + interval '20 milliseconds');
    end if;
    select * into taken from quota_take(p_client, p_key, coalesce(t.egress, p_egress), t.lane, p_lookahead_ms);
    if taken.grant_id is null then
      look_again := least(look_again, taken.next_at);
      exit when not taken.address_full;
      full_addresses := full_addresses || coalesce(t.egress, p_egress);
      continue;
    end if;
    if t.job is null then
      update quota_tickets q set grant_id = taken.grant_id where q.id = t.id;
    else
      -- A slot is held for it: nothing else goes before.
      perform enqueue(t.job, (t.payload || jsonb_build_object('grantId', taken.grant_id))::json, t.waker || ':' || t.id, null, null, t.max_attempts, -20);
      delete from quota_tickets q where q.id = t.id;
    end if;
  end loop;
  return look_again;
end
$$;
--> statement-breakpoint
-- What a worker's dispatcher calls: serves every key of which nobody else is serving. Milliseconds until something may be
-- free for those who wait; null where nobody waits.
create function quota_dispatch(p_client text, p_egress text, p_lookahead_ms integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  waited record;
  look_again timestamptz;
begin
  for waited in
    select e.key from quota_endpoints e
    where e.client_id = p_client and exists (select from quota_tickets t where t.client_id = e.client_id and t.key = e.key and t.grant_id is null)
    order by e.key
  loop
    if pg_try_advisory_xact_lock(505248, hashtext(p_client || ' ' || waited.key)) then
      look_again := least(look_again, quota_serve(p_client, waited.key, p_egress, p_lookahead_ms));
    else
      look_again := least(look_again, clock_timestamp() + p_lookahead_ms * interval '1 millisecond' + interval '20 milliseconds');
    end if;
  end loop;
  if look_again is null then
    return null;
  end if;
  return greatest(0, ceil(extract(epoch from look_again - clock_timestamp()) * 1000) - p_lookahead_ms);
end
$$;
--> statement-breakpoint
-- For a step: the grant in its hand, else a slot if nobody waits. No row: it has to join its lane.
create function quota_enter(p_client text, p_key text, p_egress text, p_lane text, p_grant uuid, p_lookahead_ms integer)
returns table (grant_id uuid, wait_ms integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_grant is not null then
    wait_ms := quota_use(p_grant, p_client, p_key, p_egress);
    if wait_ms is not null then
      grant_id := p_grant;
      return next;
      return;
    end if;
  end if;
  perform pg_advisory_xact_lock(505248, hashtext(p_client || ' ' || p_key));
  if exists (select from quota_tickets t where t.client_id = p_client and t.key = p_key and t.grant_id is null
    and (t.expires_at is null or t.expires_at > clock_timestamp())) then
    return;
  end if;
  select q.grant_id into grant_id from quota_take(p_client, p_key, p_egress, p_lane, p_lookahead_ms) q;
  if grant_id is not null then
    wait_ms := quota_use(grant_id, p_client, p_key, p_egress);
    return next;
  end if;
end
$$;
--> statement-breakpoint
-- For a process that waits itself: joins or stays in the lane under a ticket of its own, serves the key, and gives the
-- grant once there is one; until then when to ask again. Who stops asking is out of the lane after 5 seconds.
create function quota_wait(p_client text, p_key text, p_egress text, p_lane text, p_priority smallint, p_ticket uuid,
  p_customer_id uuid, p_connection_id uuid, p_lookahead_ms integer)
returns table (grant_id uuid, wait_ms integer, next_ms integer)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  mine quota_tickets%rowtype;
  look_again timestamptz;
begin
  perform pg_advisory_xact_lock(505248, hashtext(p_client || ' ' || p_key));
  for attempt in 1..2 loop
    select * into mine from quota_tickets t where t.id = p_ticket and t.job is null for update;
    if mine.grant_id is not null then
      -- Fetched, or run out since: then it joins anew.
      delete from quota_tickets t where t.id = p_ticket;
      grant_id := mine.grant_id;
      wait_ms := quota_use(grant_id, p_client, p_key, p_egress);
      if wait_ms is not null then
        return next;
        return;
      end if;
    end if;
    exit when attempt = 2;
    insert into quota_tickets (id, client_id, key, priority, lane, turn, joined_at, customer_id, connection_id, egress, expires_at)
    values (p_ticket, p_client, p_key, p_priority, p_lane,
      coalesce((select l.last_granted_at from quota_lanes l where l.client_id = p_client and l.key = p_key and l.lane = p_lane), '-infinity'),
      clock_timestamp(), p_customer_id, p_connection_id, p_egress, clock_timestamp() + interval '5 seconds')
    on conflict (id) do update set expires_at = excluded.expires_at;
    look_again := quota_serve(p_client, p_key, p_egress, p_lookahead_ms);
  end loop;
  grant_id := null;
  wait_ms := null;
  next_ms := greatest(0, coalesce(ceil(extract(epoch from look_again - clock_timestamp()) * 1000), 0) - p_lookahead_ms);
  return next;
end
$$;
--> statement-breakpoint
-- A process stops waiting; what it may just have been granted is free again.
create function quota_leave(p_ticket uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  granted uuid;
begin
  delete from quota_tickets t where t.id = p_ticket and t.job is null returning t.grant_id into granted;
  perform quota_return(granted);
end
$$;
--> statement-breakpoint
-- A step of the customer in the setting joins a lane, in the transaction that parks it. It waits once at a time.
create function quota_join(p_client text, p_key text, p_priority smallint, p_lane text, p_connection_id uuid, p_job text,
  p_payload jsonb, p_max_attempts integer, p_waker text, p_work_id uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  here uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
begin
  if here is null then
    raise exception 'quota_join needs a customer';
  end if;
  insert into quota_tickets (id, client_id, key, priority, lane, turn, joined_at, customer_id, connection_id, job, payload, max_attempts, waker, work_id)
  values (gen_random_uuid(), p_client, p_key, p_priority, p_lane,
    coalesce((select l.last_granted_at from quota_lanes l where l.client_id = p_client and l.key = p_key and l.lane = p_lane), '-infinity'),
    clock_timestamp(), here, p_connection_id, p_job, p_payload, p_max_attempts, p_waker, p_work_id)
  on conflict (customer_id, waker) do update set client_id = excluded.client_id, key = excluded.key, priority = excluded.priority,
    turn = excluded.turn, payload = excluded.payload;
  perform pg_notify('perch_quota', '');
end
$$;
--> statement-breakpoint
-- Finch refused a request that a slot allowed: somebody else uses the same application or address, or Finch counts otherwise.
-- Milliseconds for which nothing is sent; null where the code says nothing of our quotas.
create function quota_refused(p_client text, p_key text, p_egress text, p_finch_code text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e quota_endpoints%rowtype;
  pause_ms integer;
begin
  if p_finch_code in ('finch_api_ip_rl', 'finch_auth_ip_rl') then
    select * into e from quota_endpoints q where q.client_id = ''
      and q.key = case p_finch_code when 'finch_api_ip_rl' then 'ip:' else 'auth_ip:' end || p_egress for update;
    -- Finch: Rate Limits, "IP Address Rate Limits": an hour for a window of five minutes.
    pause_ms := e.window_ms * 12;
  elsif p_finch_code = 'finch_application_rl' then
    select * into e from quota_endpoints q where q.client_id = p_client and q.key = p_key for update;
    if e.paused_until > clock_timestamp() then
      -- Sent before the pause: one burst is one strike.
      return ceil(extract(epoch from e.paused_until - clock_timestamp()) * 1000);
    end if;
    e.strikes := case when e.paused_until > clock_timestamp() - 2 * e.window_ms * interval '1 millisecond' then least(e.strikes, 20) else 0 end;
    pause_ms := least(e.window_ms, e.window_ms / 60 * 2 ^ e.strikes);
  end if;
  update quota_endpoints q set paused_until = greatest(q.paused_until, clock_timestamp() + pause_ms * interval '1 millisecond'),
    strikes = e.strikes + 1
  where q.client_id = e.client_id and q.key = e.key;
  return pause_ms;
end
$$;
--> statement-breakpoint
-- Takes out of the lanes what waits for a run that has ended.
create function quota_sweep() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone integer;
begin
  delete from quota_tickets t where t.work_id is not null and not exists (
    select from sync_runs r where r.customer_id = t.customer_id and r.id = t.work_id and r.status in ('queued', 'running', 'waiting'));
  get diagnostics gone = row_count;
  return gone;
end
$$;
--> statement-breakpoint
-- How full each quota is (milliseconds until each busy slot is free), how many wait, and how many of them before the given
-- connection of the customer in the setting: numbers only.
create function quota_outlook(p_client text, p_connection_id uuid)
returns table (key text, allowance integer, window_ms integer, busy_ms integer[], paused_ms integer, waiting integer, ahead integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.key, e.allowance, e.window_ms,
    (select coalesce(array_agg(ceil(extract(epoch from s.free_at - now()) * 1000)::int order by s.free_at), '{}')
      from quota_slots s where s.client_id = e.client_id and s.key = e.key and s.free_at > now()),
    greatest(0, ceil(extract(epoch from greatest(e.paused_until,
      (select min(coalesce(a.paused_until, now())) from quota_endpoints a where a.client_id = '' and a.key like e.address_set || ':%')) - now()) * 1000))::int,
    (select count(*)::int from quota_tickets t where t.client_id = e.client_id and t.key = e.key and t.grant_id is null),
    (select (select count(*)::int from quota_tickets o where o.client_id = t.client_id and o.key = t.key and o.grant_id is null
        and (o.priority, o.turn, o.joined_at) < (t.priority, t.turn, t.joined_at))
      from quota_tickets t where t.client_id = e.client_id and t.key = e.key and t.grant_id is null and t.connection_id = p_connection_id
        and t.customer_id = nullif(current_setting('app.customer_id', true), '')::uuid
      order by t.priority, t.turn, t.joined_at limit 1)
  from quota_endpoints e where e.client_id = p_client order by e.key
$$;
--> statement-breakpoint
do $$
declare
  fn record;
begin
  for fn in
    select p.oid::regprocedure as signature, p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proname like 'quota\_%'
  loop
    execute format('revoke all on function %s from public', fn.signature);
    -- The processes that send, as their own logins: no role of a tenant takes a slot.
    if fn.proname in ('quota_configure', 'quota_enter', 'quota_wait', 'quota_leave', 'quota_return', 'quota_answered', 'quota_refused') then
      execute format('grant execute on function %s to perch_app, perch_worker', fn.signature);
    end if;
    if fn.proname in ('quota_dispatch', 'quota_sweep') then
      execute format('grant execute on function %s to perch_worker', fn.signature);
    end if;
    if fn.proname = 'quota_join' then
      execute format('grant execute on function %s to perch_sync', fn.signature);
    end if;
    if fn.proname = 'quota_outlook' then
      execute format('grant execute on function %s to perch_tenant, perch_support, perch_staff', fn.signature);
    end if;
  end loop;
end
$$;
--> statement-breakpoint
-- Staff see the whole gate; tickets hold ids only.
grant select on quota_endpoints, quota_slots, quota_lanes, quota_tickets to perch_staff, perch_support;

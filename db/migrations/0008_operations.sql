CREATE TABLE "worker_reaps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"worker_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone,
	"process" text NOT NULL,
	"takes" text NOT NULL,
	"reaped_by" text NOT NULL,
	"jobs" integer NOT NULL,
	"kinds" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"process" text NOT NULL,
	"takes" text NOT NULL,
	"concurrency" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "worker_reaps_recent" ON "worker_reaps" USING btree ("at");--> statement-breakpoint
CREATE INDEX "api_requests_recent" ON "api_requests" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "api_requests_failed" ON "api_requests" USING btree ("at","id") WHERE outcome not in ('ok', 'pending');--> statement-breakpoint
CREATE INDEX "api_requests_finch_request" ON "api_requests" USING btree ("finch_request_id" text_pattern_ops);--> statement-breakpoint
-- The queue as staff see it. Its tables belong to graphile-worker and are closed to every role of web; these functions give
-- numbers, ids and codes, never a payload or the text of an error.
create function queue_state(p_locked_at timestamptz, p_attempts integer, p_max_attempts integer, p_flags jsonb, p_run_at timestamptz) returns text
language sql stable set search_path = public, pg_temp as $$
  select case
    when p_locked_at is not null then 'running'
    when p_attempts >= p_max_attempts then 'failed'
    when p_flags ? 'outbound' and (select i.quarantined_at is not null from installation i) then 'held'
    when p_run_at <= now() then 'due'
    else 'later' end
$$;
--> statement-breakpoint
create function queue_depth() returns table (job text, due integer, later integer, held integer, running integer, retrying integer,
  failed integer, oldest_due_at timestamptz, oldest_started_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.identifier,
    count(*) filter (where q.state = 'due')::int,
    count(*) filter (where q.state = 'later')::int,
    count(*) filter (where q.state = 'held')::int,
    count(*) filter (where q.state = 'running')::int,
    count(*) filter (where q.state in ('due', 'later', 'held') and j.last_error is not null)::int,
    count(*) filter (where q.state = 'failed')::int,
    min(j.run_at) filter (where q.state = 'due'),
    min(j.locked_at) filter (where q.state = 'running')
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id,
    lateral (select queue_state(j.locked_at, j.attempts, j.max_attempts, j.flags, j.run_at) as state) q
  group by 1 order by 1
$$;
--> statement-breakpoint
create function queue_payload_id(p_payload json, p_name text) returns uuid
language sql immutable set search_path = public, pg_temp as $$
  select case when p_payload ->> p_name ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (p_payload ->> p_name)::uuid end
$$;
--> statement-breakpoint
-- Jobs that failed and are not running now, the latest first: given up, or tried again by themselves. Of the error only the code
-- that the worker put at its end; of the payload only ids, the step's name and the mail's template.
create function queue_failures(p_job text, p_state text, p_customer_id uuid, p_before_at timestamptz, p_before_id bigint, p_limit integer)
returns table (id text, job text, state text, attempts integer, max_attempts integer, code text, created_at timestamptz, failed_at timestamptz,
  run_at timestamptz, customer_id uuid, connection_id uuid, run_id uuid, about text)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id::text, f.job, f.state, f.attempts, f.max_attempts, f.code, f.created_at, f.updated_at, f.run_at, f.customer_id,
    coalesce(queue_payload_id(f.payload, 'connectionId'),
      (select r.connection_id from sync_runs r where r.customer_id = f.customer_id and r.id = queue_payload_id(f.payload, 'runId'))),
    queue_payload_id(f.payload, 'runId'),
    case f.job
      when 'sync.step' then substring(f.payload ->> 'name' from '^[a-z_]{1,40}$')
      when 'mail.send' then (select m.template from mail_outbox m where m.id = queue_payload_id(f.payload, 'outboxId')) end
  from (
    select j.id, t.identifier as job, q.state, j.attempts::int as attempts, j.max_attempts::int as max_attempts, j.created_at,
      j.updated_at, j.run_at, j.payload, queue_payload_id(j.payload, 'customerId') as customer_id,
      substring(j.last_error from 'failed: ([A-Za-z0-9_]{1,60})$') as code
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id,
      lateral (select case queue_state(j.locked_at, j.attempts, j.max_attempts, j.flags, j.run_at)
        when 'running' then 'running' when 'failed' then 'failed' else 'retrying' end as state) q
    where q.state <> 'running' and (j.last_error is not null or q.state = 'failed')
  ) f
  where (p_job is null or f.job = p_job) and (p_state is null or f.state = p_state)
    and (p_customer_id is null or f.customer_id = p_customer_id)
    and (p_before_at is null or (f.updated_at, f.id) < (p_before_at, p_before_id))
  order by f.updated_at desc, f.id desc
  limit least(p_limit, 500)
$$;
--> statement-breakpoint
-- Failed jobs start again now, with all their tries: those named, or all of one kind. What runs or never failed is left alone.
create function retry_queue_jobs(p_ids bigint[], p_job text) returns table (job text, jobs integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (p_ids is null) = (p_job is null) then
    raise exception 'retry_queue_jobs takes ids or the name of a job';
  end if;
  return query
    select t.identifier, count(*)::int
    from graphile_worker.reschedule_jobs(
      array(select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id
        where (j.id = any (p_ids) or k.identifier = p_job) and j.locked_at is null
          and (j.last_error is not null or j.attempts >= j.max_attempts)),
      run_at => now(), attempts => 0) again
    join graphile_worker._private_tasks t on t.id = again.task_id
    group by 1 order by 1;
end
$$;
--> statement-breakpoint
-- Workers that have not said goodbye. Alive is who holds the advisory lock of its id (worker/liveness.ts).
create function list_workers() returns table (id text, process text, takes text, started_at timestamptz, seen_at timestamptz,
  concurrency integer, alive boolean, running integer, oldest_started_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select w.id, w.process, w.takes, w.started_at, w.seen_at, w.concurrency,
    exists (select from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = 505247::oid
      and l.objid = (hashtext(w.id)::bit(32)::bigint)::oid
      and l.database = (select d.oid from pg_database d where d.datname = current_database())),
    count(j.id)::int, min(j.locked_at)
  from workers w left join graphile_worker._private_jobs j on j.locked_by = w.id
  group by w.id order by w.started_at, w.id
$$;
--> statement-breakpoint
-- When the clock last gave each of its jobs.
create function list_crontabs() returns table (identifier text, last_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.identifier, c.last_execution from graphile_worker._private_known_crontabs c order by 1
$$;
--> statement-breakpoint
do $$
declare
  fn record;
begin
  for fn in
    select p.oid::regprocedure as signature, p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace
      and p.proname in ('queue_state', 'queue_depth', 'queue_payload_id', 'queue_failures', 'retry_queue_jobs', 'list_workers', 'list_crontabs')
  loop
    execute format('revoke all on function %s from public', fn.signature);
    if fn.proname not in ('queue_state', 'queue_payload_id') then
      execute format('grant execute on function %s to perch_staff, perch_support', fn.signature);
    end if;
  end loop;
end
$$;
--> statement-breakpoint
grant select, insert, update, delete on workers, worker_reaps to perch_worker;
--> statement-breakpoint
grant select on worker_reaps to perch_staff, perch_support;

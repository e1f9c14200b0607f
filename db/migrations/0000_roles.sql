-- Roles are cluster-wide: made once, whatever the number of databases. The
-- logins inherit nothing and own nothing; they become one of the roles below
-- for the length of a transaction (db/client.ts). Passwords are set by
-- migrateDatabase(), never here.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['perch_tenant', 'perch_employee', 'perch_support', 'perch_staff', 'perch_sync'] loop
    begin
      execute format('create role %I nologin', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
  foreach role_name in array array['perch_app', 'perch_auth', 'perch_worker'] loop
    begin
      execute format('create role %I login noinherit', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;
--> statement-breakpoint
do $$
declare
  login record;
begin
  -- A lock, because two databases of one cluster may be migrated at once.
  perform pg_advisory_xact_lock(505245);
  for login in
    select * from (values
      ('perch_app', 'perch_tenant'), ('perch_app', 'perch_employee'), ('perch_app', 'perch_support'), ('perch_app', 'perch_staff'),
      ('perch_worker', 'perch_tenant'), ('perch_worker', 'perch_employee'), ('perch_worker', 'perch_support'),
      ('perch_worker', 'perch_staff'), ('perch_worker', 'perch_sync')
    ) as t(member, granted)
  loop
    if not exists (
      select from pg_auth_members m
      where m.roleid = to_regrole(login.granted) and m.member = to_regrole(login.member) and m.set_option
    ) then
      execute format('grant %I to %I with inherit false, set true', login.granted, login.member);
    end if;
  end loop;
end
$$;

-- What Finch answered, as it came, and taken apart by nothing but SQL. A schema of its own beside the product's tables.
drop schema if exists ytd_proof cascade;
create schema ytd_proof;

create table ytd_proof.answers (
  connection uuid not null,
  entity text not null,
  -- company, directory, payments, statements
  what text not null,
  body jsonb not null
);

-- The connection whose answers are being taken apart.
create table ytd_proof.loading (connection uuid);

create table ytd_proof.companies (connection uuid, entity text, ein text, primary key (connection, entity));

create table ytd_proof.people (
  connection uuid,
  entity text,
  person text,
  first_name text,
  last_name text,
  primary key (connection, entity, person)
);

-- Records that somebody says are one person, as `<connection> <entity> <person>`.
create table ytd_proof.links (one text, two text, primary key (one, two));

create table ytd_proof.payments (
  connection uuid,
  entity text,
  payment text,
  pay_date date,
  body jsonb,
  primary key (connection, entity, payment)
);

create table ytd_proof.slips (
  id bigint generated always as identity primary key,
  connection uuid,
  entity text,
  payment text,
  pay_date date,
  person text,
  gross numeric,
  gross_currency text,
  net numeric,
  net_currency text,
  hours numeric,
  body jsonb,
  -- Some earning is on a 1099 line; no other earning is there than such and expenses.
  has_contract boolean not null default false,
  only_contract boolean not null default false
);
create index on ytd_proof.slips (connection, entity, person);

create table ytd_proof.lines (
  slip bigint,
  category text,
  type text,
  name text,
  amount numeric,
  currency text,
  hours numeric,
  pre_tax boolean,
  employer boolean,
  -- As Finch gave them; the two above are what they count as.
  finch_type text,
  finch_pre_tax boolean
);
create index on ytd_proof.lines (slip);

-- What an employer says lines count as, on which pay dates; null is open.
create table ytd_proof.types (
  connection uuid,
  category text,
  name text,
  finch_type text,
  mapped_type text,
  mapped_pre_tax boolean,
  first_day date,
  last_day date
);

-- What an employer says somebody was paid before statements are here, in minor units.
create table ytd_proof.openings (
  connection uuid,
  entity text,
  person text,
  year int,
  category text,
  employer boolean,
  currency text,
  cents numeric,
  through_date date
);

-- Of the question that is asked at the moment: its days (`through` is the last one that counts), and what counts.
create table ytd_proof.days (
  q jsonb,
  period text,
  pay text,
  together text,
  definition text,
  limit_year int,
  first date,
  last date,
  through date
);
-- Who is asked for: a record, and the person that it counts under.
create table ytd_proof.who (connection uuid, entity text, record_of text, person text, ein text);
-- `whole`: all of the statement, and not only what stands on its 1099 lines.
create table ytd_proof.counted (person text, ein text, slip bigint, whole boolean);

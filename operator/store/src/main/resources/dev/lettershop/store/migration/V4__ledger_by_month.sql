-- The ledger is kept by month. A run's number begins with its month, so that the key needs no further
-- column and every statement about one run touches one partition.
create sequence run_number owned by run.id;
create function next_run_id() returns bigint language sql volatile as $$
  select to_char(now() at time zone 'UTC', 'YYYYMM')::bigint * 1000000000 + nextval('run_number')
$$;
alter table run alter column id drop identity;
alter table run alter column id set default next_run_id();

alter table delivery rename to delivery_earlier;
alter table delivery_earlier rename constraint delivery_pkey to delivery_earlier_pkey;
alter index delivery_due rename to delivery_earlier_due;
alter table delivery_earlier add column address bigint;

-- address: hash of the address that the row stands for, as it was when the audience was decided or
-- when it was claimed last. So nobody is reached twice through a profile whose address has changed.
create table delivery (
  run_id bigint not null,
  profile_id bigint not null,
  lease_id bigint,
  next_attempt_at timestamptz,
  updated_at timestamptz not null default now(),
  address bigint,
  state delivery_state not null,
  attempts smallint not null default 0,
  variant text,
  reason text,
  code text,
  primary key (run_id, profile_id)
) partition by range (run_id);
create index delivery_due on delivery (run_id, next_attempt_at) where next_attempt_at is not null;
alter table delivery attach partition delivery_earlier for values from (minvalue) to (200001000000000);

-- Makes the partition of the present month. Attaching, unlike creating it in place, lets those go on
-- who use the others.
create function make_delivery_partition() returns void language plpgsql as $$
declare
  month date := date_trunc('month', now() at time zone 'UTC');
  name text := 'delivery_' || to_char(month, 'YYYY_MM');
begin
  if to_regclass(name) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('lettershop/delivery', 0));
  if to_regclass(name) is not null then
    return;
  end if;
  execute format('create table %I (like delivery including all) with (fillfactor = 60)', name);
  execute format(
    'alter table delivery attach partition %I for values from (%s) to (%s)', name,
    to_char(month, 'YYYYMM')::bigint * 1000000000,
    to_char(month + interval '1 month', 'YYYYMM')::bigint * 1000000000);
end $$;

-- What of a run is gone, by retention. Its name stays taken.
alter table run add column purged_at timestamptz;

-- Each asked-for repetition of a run for those whom it missed, so that asking twice does it once.
create table run_resume (
  run_id bigint not null,
  name text collate "C" not null,
  resumed_at timestamptz not null default now(),
  reopened bigint not null,
  primary key (run_id, name)
);

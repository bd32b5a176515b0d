-- Clocks of time zones, as the rules in memory read them: which offset (seconds east of UTC) holds
-- before the first change and from each change on. Filled when the tables are brought up to date.
create table time_zone (
  name text collate "C" primary key,
  changes timestamptz[] not null,
  offsets int[] not null,
  version text not null,
  check (cardinality(offsets) = cardinality(changes) + 1)
);

-- What models have computed. Keyed by profile first, as everything is that belongs to a person.
create table model_output (
  profile_id bigint not null,
  model text collate "C" not null,
  score double precision,
  cluster text collate "C",
  computed_at timestamptz not null default now(),
  primary key (profile_id, model)
);

-- Whose answers may have changed, by transaction: transactions become visible in another order than
-- they begin, and a snapshot tells exactly which of them were not yet. One row without a profile
-- stands for a change of very many.
create table change (
  xid xid8 not null default pg_current_xact_id(),
  profile_id bigint,
  -- Null: the profile itself, or what a model says about it.
  event text collate "C",
  noted_at timestamptz not null default now()
);
create index change_by_xid on change (xid);

create function note_profiles() returns trigger language plpgsql
set search_path from current as $$
declare
  many constant bigint := (select count(*) from changed);
  known constant bigint := (select greatest(reltuples, 0) from pg_class where oid = 'profile'::regclass);
begin
  if many > 1000 and many > known / 5 then
    insert into change default values;
  elsif tg_table_name = 'profile' then
    insert into change (profile_id) select id from changed;
  else
    insert into change (profile_id) select distinct profile_id from changed;
  end if;
  return null;
end $$;

create function note_events() returns trigger language plpgsql
set search_path from current as $$
declare
  many constant bigint := (select count(*) from changed);
  known constant bigint := (select greatest(reltuples, 0) from pg_class where oid = 'profile'::regclass);
begin
  if many > 1000 and many > known then
    insert into change (event) select distinct name from changed;
  else
    insert into change (profile_id, event) select distinct profile_id, name from changed;
  end if;
  return null;
end $$;

create function note_everything() returns trigger language plpgsql
set search_path from current as $$
begin
  insert into change default values;
  return null;
end $$;

create trigger note_insert after insert on profile referencing new table as changed
  for each statement execute function note_profiles();
create trigger note_update after update on profile referencing new table as changed
  for each statement execute function note_profiles();
create trigger note_delete after delete on profile referencing old table as changed
  for each statement execute function note_profiles();
create trigger note_truncate after truncate on profile
  for each statement execute function note_everything();
create trigger note_insert after insert on event referencing new table as changed
  for each statement execute function note_events();
create trigger note_update after update on event referencing new table as changed
  for each statement execute function note_events();
create trigger note_delete after delete on event referencing old table as changed
  for each statement execute function note_events();
create trigger note_truncate after truncate on event
  for each statement execute function note_everything();
create trigger note_insert after insert on model_output referencing new table as changed
  for each statement execute function note_profiles();
create trigger note_update after update on model_output referencing new table as changed
  for each statement execute function note_profiles();
create trigger note_delete after delete on model_output referencing old table as changed
  for each statement execute function note_profiles();
create trigger note_truncate after truncate on model_output
  for each statement execute function note_everything();

-- What the next refresh starts from: the rule that was answered, and which transactions it has seen.
alter table segment add column rule text;
alter table segment add column snapshot pg_snapshot;
alter table segment add column seconds double precision;
alter table segment add column incremental boolean;

-- Memberships that have ended; those that have not are in membership.
create table membership_history (
  segment_id int not null,
  profile_id bigint not null,
  entered_at timestamptz not null,
  left_at timestamptz not null,
  primary key (segment_id, profile_id, entered_at)
);

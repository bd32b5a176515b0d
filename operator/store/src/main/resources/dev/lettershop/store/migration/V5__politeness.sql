-- What a run has to heed beyond its audience; set when the audience is frozen. Null where nothing.
alter table run
  add column priority int not null default 50,
  add column cap_messages int,
  add column cap_seconds bigint,
  add column quiet_from time,
  add column quiet_to time,
  add column default_zone text;
create index run_by_completion on run (completed_at);

-- The zones that this server knows: a profile may hold anything.
create table sending_zone (name text collate "C" primary key);
insert into sending_zone select name from pg_timezone_names;

-- Rate limits: when the next mail may go. Whoever wants slots moves it on.
create table bucket (
  name text collate "C" primary key,
  free_at timestamptz not null
) with (fillfactor = 50);

-- Domains that say "later" again and again, by transport.
create table domain_rest (
  transport text collate "C" not null,
  domain text collate "C" not null,
  failures int not null,
  until timestamptz not null,
  primary key (transport, domain)
);

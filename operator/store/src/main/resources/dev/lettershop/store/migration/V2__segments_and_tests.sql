-- A test mails chosen addresses only. Until now its name told.
alter table run add column test boolean not null default false;
update run set test = true where starts_with(name, campaign || '-test-');

-- Nobody recorded members until now. A number for each segment keeps the rows small; the names are
-- a namespace's own.
drop table membership;
create table segment (
  id int generated always as identity primary key,
  namespace text collate "C" not null,
  name text collate "C" not null,
  -- What the last refresh came to; null before the first.
  size bigint,
  entered bigint,
  "left" bigint,
  refreshed_at timestamptz,
  unique (namespace, name)
);
create table membership (
  segment_id int not null,
  profile_id bigint not null,
  entered_at timestamptz not null default now(),
  primary key (segment_id, profile_id)
);

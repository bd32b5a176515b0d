-- What came back: one row for each delivery and kind, so that a message that is read twice, or sent
-- twice, counts once. The address is kept as its hash only; null when nobody can tell which it was.
create table bounce (
  profile_id bigint not null,
  run_id bigint not null,
  kind text collate "C" not null check (kind in ('Hard', 'Soft', 'Policy', 'Complaint')),
  code text,
  address_hash bytea,
  transport text collate "C" not null,
  recorded_at timestamptz not null default now(),
  primary key (profile_id, run_id, kind)
);
create index bounce_of_address on bounce (address_hash, recorded_at) where kind = 'Soft';

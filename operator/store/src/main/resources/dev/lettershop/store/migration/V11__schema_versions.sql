-- What applying the declared attributes has changed, in words.
create table schema_version (
  version int generated always as identity primary key,
  applied_at timestamptz not null default now(),
  changes text[] not null
);

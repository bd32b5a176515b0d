-- Where a profile's values come from. Names with an underscore in front cannot be attributes'. While
-- all values of a profile are one record's of one source, four columns say so; otherwise _origin is
-- null, and contribution holds what each record said.
create table origin (
  id int generated always as identity primary key,
  source text collate "C" not null unique,
  -- Kind of identity that tells the source's records apart, and so is contribution.key.
  kind text collate "C" not null,
  precedence int not null
);
create sequence read_number;
alter table profile
  add column _origin int,
  add column _key text collate "C",
  add column _as_of timestamptz,
  add column _read bigint;

-- What each record says about a person whom several records know. A profile is made of these: of two
-- values the one whose source has the higher precedence, then the later one, counts.
create table contribution (
  profile_id bigint not null,
  origin int not null,
  key text collate "C" not null,
  -- When the record was last changed, in its source's words; null when it does not say.
  as_of timestamptz,
  -- Number of the load and of the row in it: which of one source's records was read later.
  read bigint not null,
  attributes jsonb not null,
  extra jsonb,
  primary key (profile_id, origin, key)
);

-- Pairs of identities that somebody has declared to be different people: a record that holds both
-- does not make them one.
create table separation (
  kind text collate "C" not null,
  value text collate "C" not null,
  other_kind text collate "C" not null,
  other_value text collate "C" not null,
  separated_at timestamptz not null default now(),
  primary key (value, kind, other_value, other_kind)
);


-- Keys of persons, wrapped with the store's. Whoever is forgotten loses theirs: what they sealed can
-- then be read nowhere, not in a copy of another table either.
create table person_key (
  profile_id bigint not null,
  lock text collate "C" not null,
  wrapped text collate "C" not null,
  primary key (profile_id, lock)
);

-- Which attributes are held encrypted, so that nobody takes cipher text for clear text or writes
-- clear text beside it.
create table encrypted_attribute (
  name text collate "C" primary key,
  deterministic boolean not null
);

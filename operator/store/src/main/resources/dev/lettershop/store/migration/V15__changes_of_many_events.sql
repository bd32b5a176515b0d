-- A refresh that looks at each changed profile takes ten times as long, by profile, as one that looks
-- at all. So events of a fifth of the people are one change of very many, as for profiles.
create or replace function note_events() returns trigger language plpgsql
set search_path from current as $$
declare
  many constant bigint := (select count(*) from changed);
  known constant bigint := (select greatest(reltuples, 0) from pg_class where oid = 'profile'::regclass);
begin
  if many > 1000 and many > known / 5 then
    insert into change (event) select distinct name from changed;
  else
    insert into change (profile_id, event) select distinct profile_id, name from changed;
  end if;
  return null;
end $$;

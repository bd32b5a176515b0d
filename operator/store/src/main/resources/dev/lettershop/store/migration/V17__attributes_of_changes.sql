-- Which attributes an update of a profile has changed: rules look only at changes of what they read.
-- Null: any of them may have.
alter table change add column attributes text[] collate "C";

create function note_updates() returns trigger language plpgsql
set search_path from current as $$
declare
  many constant bigint := (select count(*) from changed);
  known constant bigint := (select greatest(reltuples, 0) from pg_class where oid = 'profile'::regclass);
  differing text;
begin
  if many > 1000 and many > known / 5 then
    insert into change (part) values ('attributes');
    return null;
  end if;
  -- Doubles by their bytes: a rule can tell 0.0 from -0.0.
  select string_agg(
      format(case when atttypid = 'float8'::regtype
               then 'case when float8send(o.%1$I) is distinct from float8send(n.%1$I) then %1$L end'
               else 'case when o.%1$I is distinct from n.%1$I then %1$L end' end, attname), ', ')
    into differing
    from pg_attribute
    where attrelid = 'profile'::regclass and attnum > 0 and not attisdropped
      and attname <> all (array['id', 'email_key', 'extra', '_origin', '_key', '_as_of', '_read']);
  execute format(
    'insert into change (profile_id, part, attributes)
     select id, ''attributes'', names
     from (select id, array_remove(array[%s], null) as names from changed n join was o using (id)) c
     where names <> ''{}''', differing);
  return null;
end $$;

drop trigger note_update on profile;
create trigger note_update after update on profile referencing old table as was new table as changed
  for each statement execute function note_updates();

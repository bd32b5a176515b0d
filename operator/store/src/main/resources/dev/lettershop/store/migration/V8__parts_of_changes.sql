-- What of a profile has changed: rules look only at changes of what they read. Null: the profile came
-- or went; otherwise its attributes, or what models say about it. Of an event, its name tells.
alter table change add column part text collate "C" check (part in ('attributes', 'models'));

-- Whether a change of very many was noted is asked before each refresh.
create index change_of_many on change (xid) where profile_id is null;

create or replace function note_profiles() returns trigger language plpgsql
set search_path from current as $$
declare
  many constant bigint := (select count(*) from changed);
  known constant bigint := (select greatest(reltuples, 0) from pg_class where oid = 'profile'::regclass);
  changed_part constant text := case
    when tg_table_name = 'model_output' then 'models'
    when tg_op = 'UPDATE' then 'attributes' end;
begin
  if many > 1000 and many > known / 5 then
    insert into change (part) values (changed_part);
  elsif tg_table_name = 'profile' then
    insert into change (profile_id, part) select id, changed_part from changed;
  else
    insert into change (profile_id, part) select distinct profile_id, changed_part from changed;
  end if;
  return null;
end $$;

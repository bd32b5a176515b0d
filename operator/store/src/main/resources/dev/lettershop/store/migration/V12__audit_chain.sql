-- The audit log as a chain: each row holds the hash of the one before, and its own over all of its
-- content. So a row that was changed, removed or moved shows, whoever was able to do it.
drop trigger audit_is_append_only on audit;
alter table audit alter column id drop identity;
alter table audit add column previous bytea, add column hash bytea;

-- Text with its length in front, so that no content looks like two fields; '-' for none.
create function audit_field(field text) returns text language sql immutable as $$
  select coalesce(octet_length(convert_to(field, 'UTF8')) || ':' || field, '-')
$$;

-- See dev.lettershop.store.audit.AuditEntry, which works out the same.
create function audit_hash(entry audit) returns bytea language sql stable
set search_path from current as $$
  select sha256(convert_to(concat_ws(',',
    audit_field(encode(entry.previous, 'hex')),
    audit_field(entry.id::text),
    audit_field(to_char(entry.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
    audit_field(entry.action),
    audit_field(entry.actor),
    audit_field(entry.profile_id::text),
    audit_field(entry.detail::text)), 'UTF8'))
$$;

do $$
declare
  entry audit;
  last bytea := decode(repeat('00', 32), 'hex');
begin
  for entry in select * from audit order by id loop
    entry.previous := last;
    last := audit_hash(entry);
    update audit set previous = entry.previous, hash = last where id = entry.id;
  end loop;
end $$;
alter table audit alter column previous set not null, alter column hash set not null;

-- Writers take turns until their transactions end, so that there is one order and no gap: whoever
-- writes here does it last.
create function audit_chain() returns trigger language plpgsql
set search_path from current as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('lettershop/audit', 0));
  select coalesce(max(id), 0) + 1 into new.id from audit;
  new.previous := coalesce(
    (select hash from audit where id = new.id - 1), decode(repeat('00', 32), 'hex'));
  new.occurred_at := clock_timestamp();
  new.hash := audit_hash(new);
  return new;
end $$;
create trigger audit_chain before insert on audit for each row execute function audit_chain();
create trigger audit_is_append_only before update or delete or truncate on audit
  for each statement execute function audit_is_append_only();
create index audit_of_profile on audit (profile_id) where profile_id is not null;

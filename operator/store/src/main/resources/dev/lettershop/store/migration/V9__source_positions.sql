-- Up to where each source has been read. Changes in the transaction that loads the rows before it.
create table source_position (
  source text collate "C" primary key,
  -- What the position belongs to: of another query, topic or file it says nothing.
  origin text not null,
  -- JSON in the words of the connector.
  position text not null,
  -- Goes up with every change, so that two syncs at once notice each other.
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);

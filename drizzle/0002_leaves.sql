-- The leaf of the statechart before and after each event. Null in rows from before this migration.
alter table transitions add column from_leaf text, add column to_leaf text;

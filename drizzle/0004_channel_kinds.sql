-- The modules of the channels say which kinds exist.
alter table channels drop constraint channels_kind;

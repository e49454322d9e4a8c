-- Drizzle's schema cannot express these parts: the fence, append-only tables, storage settings.

-- HOLD-2: an agent message may be stored for sending, or move towards it, only with the epoch in force. The trigger locks the
-- conversation: a takeover either commits first and the trigger sees it, or waits for this transaction. Without the lock a
-- concurrent takeover would go unseen. SQLSTATE BT001 is Baton's own.
create function agent_message_fence() returns trigger language plpgsql as $$
declare
  held record;
begin
  select state, agent_epoch, closing_seq into held
    from conversations
    where workspace_id = new.workspace_id and id = new.conversation_id
    for no key update;
  if held.agent_epoch = new.agent_epoch then
    return new;
  end if;
  -- TURN-8: only the closing message of a handoff is exempt.
  if held.state = 'agentDisabled' and held.closing_seq = new.seq then
    return new;
  end if;
  raise exception 'people hold conversation %: message % of epoch % may not be sent', new.conversation_id, new.id, new.agent_epoch
    using errcode = 'BT001', detail = new.conversation_id::text;
end
$$;
--> statement-breakpoint
create trigger agent_message_fence_on_insert before insert on messages
  for each row when (new.origin = 'agent' and new.delivery <> 'withheld')
  execute function agent_message_fence();
--> statement-breakpoint
create trigger agent_message_fence_on_update before update on messages
  for each row when (
    new.origin = 'agent' and (
      (new.delivery in ('queued', 'sending') and new.delivery is distinct from old.delivery)
      or (new.delivery in ('sent', 'delivered', 'read') and (old.delivery is null or old.delivery in ('queued', 'withheld')))
    )
  )
  execute function agent_message_fence();
--> statement-breakpoint
-- Changing these columns would bypass the fence.
create function message_identity_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'message %: its identity, turn and epoch are fixed', old.id using errcode = 'BT002';
end
$$;
--> statement-breakpoint
create trigger message_identity_is_fixed before update on messages
  for each row when (
    (new.workspace_id, new.conversation_id, new.seq, new.id, new.origin, new.note)
      is distinct from (old.workspace_id, old.conversation_id, old.seq, old.id, old.origin, old.note)
    or (new.turn, new.agent_epoch) is distinct from (old.turn, old.agent_epoch)
  )
  execute function message_identity_is_fixed();
--> statement-breakpoint
create function history_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'BT003';
end
$$;
--> statement-breakpoint
create trigger transitions_append_only before update or delete or truncate on transitions
  for each statement execute function history_is_append_only();
--> statement-breakpoint
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function history_is_append_only();
--> statement-breakpoint
-- Leaves room for the next row version on the same page, so that updates of unindexed columns stay there (HOT).
alter table conversations set (fillfactor = 50);
--> statement-breakpoint
alter table messages set (fillfactor = 90);
--> statement-breakpoint
-- Dead rows slow every read of a queue's front, so autovacuum removes them early.
alter table lanes set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
--> statement-breakpoint
-- The indexer takes rows from the front and would read dead rows there.
alter table search_queue set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
--> statement-breakpoint
-- Each search reads the index's pending list, so frequent vacuuming keeps it short.
alter table message_words set (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000);
--> statement-breakpoint
-- The transaction that fills the pending list empties it: at the default 4 MB (18 000 short messages) one batch takes 91 ms of
-- CPU instead of 10; at 512 kB 19 ms, with the same total.
alter index message_words_words set (gin_pending_list_limit = 512);

-- What Drizzle's schema cannot say: the fence, append-only tables, storage settings.

-- HOLD-2: no agent message is stored for sending, or moved towards it, but with the epoch that is in force. The conversation
-- row is locked, so that a takeover either comes first and is seen, or waits until this transaction has ended: a check
-- without the lock leaks. SQLSTATE BT001 is Baton's own.
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
  -- TURN-8: the closing message of a handoff is the one exception.
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
-- Whoever could change these could walk around the fence.
create function message_identity_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'message %: what it is, and what it was made for, is fixed', old.id using errcode = 'BT002';
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
-- Room for the next version on the same page: an update that touches no index then stays there (HOT).
alter table conversations set (fillfactor = 50);
--> statement-breakpoint
alter table messages set (fillfactor = 90);
--> statement-breakpoint
-- A queue's dead rows slow every look at its front, so they are cleared early.
alter table lanes set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

ALTER TABLE "conversations" ADD COLUMN "state_since" timestamp with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL;--> statement-breakpoint
-- For what is there already, the history knows.
update conversations c set state_since = coalesce(
  (select max(t.at) from transitions t
    where t.workspace_id = c.workspace_id and t.conversation_id = c.id and t.from_state <> t.to_state),
  date_trunc('milliseconds', c.created_at));

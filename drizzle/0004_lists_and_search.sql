CREATE TABLE "message_words" (
	"workspace_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "message_words_workspace_id_conversation_id_seq_pk" PRIMARY KEY("workspace_id","conversation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "search_queue" (
	"workspace_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"first_seq" integer NOT NULL,
	"last_seq" integer NOT NULL,
	"queued_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "lanes_changed";--> statement-breakpoint
ALTER TABLE "lanes" ADD COLUMN "state" text DEFAULT 'agentActive' NOT NULL;--> statement-breakpoint
ALTER TABLE "lanes" ADD COLUMN "status" text DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE "lanes" ADD COLUMN "assignee_id" text;--> statement-breakpoint
ALTER TABLE "lanes" ADD COLUMN "unassigned" boolean GENERATED ALWAYS AS (assignee_id is null) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "lanes" ADD COLUMN "waiting_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "message_words_words" ON "message_words" USING gin ("words");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "lanes_listed" ON "lanes" USING btree ("workspace_id","status","state","unassigned","changed_at","conversation_id") WHERE changed_at is not null;--> statement-breakpoint
CREATE INDEX "lanes_assigned" ON "lanes" USING btree ("workspace_id","assignee_id","status","state","changed_at","conversation_id") WHERE assignee_id is not null;--> statement-breakpoint
CREATE INDEX "drafts_time" ON "drafts" USING btree ("at");
--> statement-breakpoint
update lanes l set state = c.state, status = c.status, assignee_id = c.assignee_id, waiting_since = c.waiting_since
  from conversations c where c.workspace_id = l.workspace_id and c.id = l.conversation_id;
--> statement-breakpoint
-- What is there already is indexed like what comes: by the worker, after the start.
insert into search_queue (workspace_id, conversation_id, first_seq, last_seq) select workspace_id, id, 0, last_seq from conversations;
--> statement-breakpoint
-- Taken from the front: dead rows there are read over until they are cleared.
alter table search_queue set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
--> statement-breakpoint
-- Its words gather in the index's pending list, which each search reads: kept short by vacuuming often.
alter table message_words set (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000);

CREATE TABLE "agents" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"backend" jsonb NOT NULL,
	"backend_secret" text,
	"mute_when_human_active" boolean DEFAULT true NOT NULL,
	"human_priority_window_seconds" integer DEFAULT 30 NOT NULL,
	"reply_delay_seconds" integer DEFAULT 2 NOT NULL,
	"rules_version" integer DEFAULT 1 NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"paused_by" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agents_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "agents_backend_is_an_object" CHECK (jsonb_typeof("agents"."backend") = 'object'),
	CONSTRAINT "agents_window" CHECK ("agents"."human_priority_window_seconds" between 0 and 86400),
	CONSTRAINT "agents_reply_delay" CHECK ("agents"."reply_delay_seconds" between 0 and 60)
);
--> statement-breakpoint
CREATE TABLE "knowledge_entries" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question" text NOT NULL,
	"answer" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "knowledge_entries_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_outages" (
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"failures_in_a_row" integer NOT NULL,
	"probe_at" timestamp with time zone NOT NULL,
	CONSTRAINT "channel_outages_workspace_id_channel_id_pk" PRIMARY KEY("workspace_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"agent_id" uuid NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"inbound_secret_hash" text NOT NULL,
	"signing_secret" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone,
	CONSTRAINT "channels_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "channels_id_unique" UNIQUE("id"),
	CONSTRAINT "channels_kind" CHECK ("channels"."kind" in ('http', 'webchat', 'whatsapp', 'telegram', 'email')),
	CONSTRAINT "channels_settings_are_an_object" CHECK (jsonb_typeof("channels"."settings") = 'object')
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"blocked_at" timestamp with time zone,
	CONSTRAINT "customers_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "customers_external_id" UNIQUE("channel_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"snapshot" jsonb NOT NULL,
	"rules_version" integer NOT NULL,
	"typing_leases" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text NOT NULL,
	"state_since" timestamp with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"holder" jsonb NOT NULL,
	"agent_replies" boolean NOT NULL,
	"reason" text,
	"reason_by" jsonb,
	"resumes_at" timestamp with time zone,
	"waiting_since" timestamp with time zone,
	"status" text NOT NULL,
	"snoozed_until" timestamp with time zone,
	"assignee_id" text,
	"turn" integer NOT NULL,
	"agent_epoch" integer,
	"closing_seq" integer,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"last_message_seq" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"quarantined_at" timestamp with time zone,
	"quarantine_detail" text,
	CONSTRAINT "conversations_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "conversations_customer" UNIQUE("customer_id"),
	CONSTRAINT "conversations_state" CHECK ("conversations"."state" in ('agentActive', 'humanActive', 'humanPriorityWindow', 'agentDisabled')),
	CONSTRAINT "conversations_epoch" CHECK (("conversations"."state" = 'agentActive') = ("conversations"."agent_epoch" is not null)),
	CONSTRAINT "conversations_snapshot_is_an_object" CHECK (jsonb_typeof("conversations"."snapshot") = 'object'),
	CONSTRAINT "conversations_leases_are_an_object" CHECK (jsonb_typeof("conversations"."typing_leases") = 'object')
);
--> statement-breakpoint
CREATE TABLE "transitions" (
	"workspace_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"event" jsonb NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"caused_by" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "transitions_workspace_id_conversation_id_version_pk" PRIMARY KEY("workspace_id","conversation_id","version"),
	CONSTRAINT "transitions_event_is_an_object" CHECK (jsonb_typeof("transitions"."event") = 'object')
);
--> statement-breakpoint
CREATE TABLE "lanes" (
	"workspace_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now(),
	"state" text DEFAULT 'agentActive' NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"assignee_id" text,
	"unassigned" boolean GENERATED ALWAYS AS (assignee_id is null) STORED NOT NULL,
	"waiting_since" timestamp with time zone,
	"wake_at" timestamp with time zone,
	"stirs" boolean DEFAULT false NOT NULL,
	"reply_at" timestamp with time zone,
	"reply_turn" integer,
	"reply_deadline_at" timestamp with time zone,
	"reply_worker" text,
	"send_at" timestamp with time zone,
	"send_seq" integer,
	"send_worker" text,
	"parked" boolean DEFAULT false NOT NULL,
	CONSTRAINT "lanes_workspace_id_conversation_id_pk" PRIMARY KEY("workspace_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"workspace_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"turn" integer NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "drafts_workspace_id_conversation_id_turn_pk" PRIMARY KEY("workspace_id","conversation_id","turn")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"workspace_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"origin" text NOT NULL,
	"author_id" text,
	"author_name" text NOT NULL,
	"note" boolean NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer NOT NULL,
	"client_message_id" text,
	"external_id" text,
	"provider_id" text,
	"delivery" text,
	"turn" integer,
	"agent_epoch" integer,
	"sendable_turn" integer GENERATED ALWAYS AS (case when origin = 'agent' and delivery <> 'withheld' then turn end) STORED,
	"attempts" integer DEFAULT 0 NOT NULL,
	"claimed_at" timestamp with time zone,
	"may_have_arrived" boolean DEFAULT false NOT NULL,
	"blocks_until" timestamp with time zone,
	"error" text,
	CONSTRAINT "messages_workspace_id_conversation_id_seq_pk" PRIMARY KEY("workspace_id","conversation_id","seq"),
	CONSTRAINT "messages_id" UNIQUE("id"),
	CONSTRAINT "messages_origin" CHECK ("messages"."origin" in ('customer', 'teammate', 'external', 'agent', 'system')),
	CONSTRAINT "messages_delivery" CHECK ("messages"."delivery" in ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'withheld', 'uncertain')),
	CONSTRAINT "messages_agent_fence" CHECK (("messages"."origin" = 'agent' and not "messages"."note") = ("messages"."turn" is not null and "messages"."agent_epoch" is not null))
);
--> statement-breakpoint
CREATE TABLE "read_markers" (
	"workspace_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "read_markers_workspace_id_conversation_id_user_id_pk" PRIMARY KEY("workspace_id","conversation_id","user_id")
);
--> statement-breakpoint
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
CREATE TABLE "api_keys" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"key_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "api_keys_key_hash_unique" UNIQUE("key_hash")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject_id" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "audit_log_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "teammates" (
	"workspace_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "teammates_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id"),
	CONSTRAINT "teammates_role" CHECK ("teammates"."role" in ('teammate', 'supervisor', 'owner'))
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agents" ADD CONSTRAINT "agents_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "knowledge_entries" ADD CONSTRAINT "knowledge_entries_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "channel_outages" ADD CONSTRAINT "channel_outages_channel" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channels"("workspace_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_agent" FOREIGN KEY ("workspace_id","agent_id") REFERENCES "public"."agents"("workspace_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_channel" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channels"("workspace_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_customer_exists" FOREIGN KEY ("workspace_id","customer_id") REFERENCES "public"."customers"("workspace_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "transitions" ADD CONSTRAINT "transitions_conversation" FOREIGN KEY ("workspace_id","conversation_id") REFERENCES "public"."conversations"("workspace_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lanes" ADD CONSTRAINT "lanes_conversation" FOREIGN KEY ("workspace_id","conversation_id") REFERENCES "public"."conversations"("workspace_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_conversation" FOREIGN KEY ("workspace_id","conversation_id") REFERENCES "public"."conversations"("workspace_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation" FOREIGN KEY ("workspace_id","conversation_id") REFERENCES "public"."conversations"("workspace_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "read_markers" ADD CONSTRAINT "read_markers_conversation" FOREIGN KEY ("workspace_id","conversation_id") REFERENCES "public"."conversations"("workspace_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_teammate" FOREIGN KEY ("workspace_id","user_id") REFERENCES "public"."teammates"("workspace_id","user_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "teammates" ADD CONSTRAINT "teammates_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "teammates" ADD CONSTRAINT "teammates_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "accounts_user" ON "accounts" USING btree ("user_id");
--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");
--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");
--> statement-breakpoint
CREATE INDEX "lanes_wake" ON "lanes" USING btree ("wake_at") WHERE wake_at is not null;
--> statement-breakpoint
CREATE INDEX "lanes_reply" ON "lanes" USING btree ("reply_at") WHERE reply_at is not null;
--> statement-breakpoint
CREATE INDEX "lanes_send" ON "lanes" USING btree ("send_at") WHERE send_at is not null;
--> statement-breakpoint
CREATE INDEX "lanes_parked" ON "lanes" USING btree ("workspace_id","channel_id") WHERE parked;
--> statement-breakpoint
CREATE INDEX "lanes_stirring" ON "lanes" USING btree ("workspace_id","agent_id") WHERE stirs;
--> statement-breakpoint
CREATE INDEX "lanes_listed" ON "lanes" USING btree ("workspace_id","status","state","unassigned","changed_at","conversation_id") WHERE changed_at is not null;
--> statement-breakpoint
CREATE INDEX "lanes_assigned" ON "lanes" USING btree ("workspace_id","assignee_id","status","state","changed_at","conversation_id") WHERE assignee_id is not null;
--> statement-breakpoint
CREATE INDEX "drafts_time" ON "drafts" USING btree ("at");
--> statement-breakpoint
CREATE UNIQUE INDEX "messages_client_message_id" ON "messages" USING btree ("workspace_id","conversation_id","client_message_id") WHERE client_message_id is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "messages_external_id" ON "messages" USING btree ("channel_id","external_id") WHERE external_id is not null;
--> statement-breakpoint
CREATE INDEX "messages_provider_id" ON "messages" USING btree ("channel_id","provider_id") WHERE provider_id is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "messages_one_sendable_reply_per_turn" ON "messages" USING btree ("workspace_id","conversation_id","sendable_turn") WHERE sendable_turn is not null;
--> statement-breakpoint
CREATE INDEX "message_words_words" ON "message_words" USING gin ("words");
--> statement-breakpoint
CREATE INDEX "audit_log_time" ON "audit_log" USING btree ("workspace_id","at");
--> statement-breakpoint
CREATE INDEX "teammates_user" ON "teammates" USING btree ("user_id");

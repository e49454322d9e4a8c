-- Renames columns and indexes to the words of the glossary.
alter table lanes rename column stirs to has_pending_work;
--> statement-breakpoint
alter table lanes rename column parked to deferred;
--> statement-breakpoint
alter index lanes_stirring rename to lanes_pending_work;
--> statement-breakpoint
alter index lanes_parked rename to lanes_deferred;

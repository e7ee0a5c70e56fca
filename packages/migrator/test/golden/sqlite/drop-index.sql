DROP INDEX "idx_events_message_id";

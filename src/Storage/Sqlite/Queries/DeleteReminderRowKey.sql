-- SQLite has no DELETE inside a WITH, so the count of changed rows is asked of the same connection.
DELETE FROM reminder
WHERE service_id = @ServiceId AND grain_id = @GrainId AND reminder_name = @ReminderName AND version = @Version;
SELECT changes() AS Removed

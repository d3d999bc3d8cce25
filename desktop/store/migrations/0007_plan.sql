-- A step of a plan may wait for more than the gateway: 'customs' goes only after customs accepted what the step before
-- asked for. `waited_at` is when that was known; which frame said so stands in the delivery log.
ALTER TABLE outbox ADD COLUMN waits_for TEXT NOT NULL DEFAULT '' CHECK (waits_for IN ('', 'customs'));
ALTER TABLE outbox ADD COLUMN waited_at TEXT;

-- A person was taken out of everything: when, how many rows of which table, never who. `finished_at` is empty while the
-- file still has to be rewritten; the next start does what a stop left undone.
CREATE TABLE erasures (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    rows TEXT NOT NULL, -- JSON: how many rows of each table
    with_backups INTEGER NOT NULL,
    finished_at TEXT
) STRICT;

-- Frames and attempts are never changed but for this: personal data were taken out then. `sha256` stays that of the bytes
-- as they were received or sent, so that repeats are still known.
ALTER TABLE frames ADD COLUMN erased_at TEXT;
ALTER TABLE outbox ADD COLUMN erased_at TEXT;

-- What the program itself noticed of a trip and told once (an answer that is missing, a broker who has not filed), and
-- what a person did about it. `detail` is JSON.
CREATE TABLE alerts (
    id TEXT PRIMARY KEY,
    trip TEXT NOT NULL REFERENCES trips (id),
    what TEXT NOT NULL,
    number TEXT NOT NULL,
    at TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}',
    told_at TEXT,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX alerts_open ON alerts (trip, what, number) WHERE ended_at IS NULL;
CREATE INDEX alerts_trip ON alerts (trip, id);

-- When the program last knew that it was listening: a stop without a farewell leaves its gap known to a minute.
CREATE TABLE listening (
    company TEXT PRIMARY KEY REFERENCES companies (id),
    since TEXT NOT NULL,
    last TEXT NOT NULL
) STRICT, WITHOUT ROWID;

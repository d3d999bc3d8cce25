-- Cargo control numbers customs spoke of, with what the newest word was; derived from the inbox, and rebuildable.
CREATE TABLE tracked (
    company TEXT NOT NULL REFERENCES companies (id),
    regime TEXT NOT NULL,
    number TEXT NOT NULL COLLATE NOCASE,
    newest TEXT NOT NULL, -- id of the newest message that names it
    heard_at TEXT NOT NULL,
    PRIMARY KEY (company, regime, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX tracked_heard ON tracked (heard_at);

-- What a person did with a message, beside reading it. `placed` is where it stands in the list: its id, or for one that
-- was put off the moment it comes back, so that it comes back on top and stays there.
ALTER TABLE inbox ADD COLUMN pinned_at TEXT;
ALTER TABLE inbox ADD COLUMN snoozed_until TEXT;
-- When a person said which trip it belongs to.
ALTER TABLE inbox ADD COLUMN assigned_at TEXT;
ALTER TABLE inbox ADD COLUMN placed TEXT NOT NULL DEFAULT '';
UPDATE inbox SET placed = id;

-- Every shipment a message names; the column `control_number` of the inbox is only the first of them.
CREATE TABLE inbox_numbers (
    number TEXT NOT NULL COLLATE NOCASE,
    inbox TEXT NOT NULL REFERENCES inbox (id),
    PRIMARY KEY (number, inbox)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_numbers_inbox ON inbox_numbers (inbox);
INSERT INTO inbox_numbers (number, inbox) SELECT control_number, id FROM inbox WHERE control_number <> '';

-- One index for each way to narrow the list, each in the order of the list; what a way leaves open between two columns
-- of an index is gone through value by value (`desktop.store.inbox_list`).
DROP INDEX inbox_company;
DROP INDEX inbox_category;
DROP INDEX inbox_unread;
DROP INDEX inbox_unread_newest;
DROP INDEX inbox_trip;
CREATE UNIQUE INDEX inbox_frame ON inbox (frame);
CREATE INDEX inbox_newest ON inbox (placed);
CREATE INDEX inbox_of_company ON inbox (company, placed);
CREATE INDEX inbox_of_kind ON inbox (regime, category, placed);
CREATE INDEX inbox_of_kind_of_company ON inbox (company, regime, category, placed);
CREATE INDEX inbox_unread ON inbox (placed) WHERE read_at IS NULL;
CREATE INDEX inbox_unread_of_kind ON inbox (regime, category, placed) WHERE read_at IS NULL;
CREATE INDEX inbox_unread_of_kind_of_company ON inbox (company, regime, category, placed) WHERE read_at IS NULL;
CREATE INDEX inbox_trip ON inbox (trip, placed) WHERE trip IS NOT NULL;
CREATE INDEX inbox_pinned ON inbox (placed) WHERE pinned_at IS NOT NULL;
CREATE INDEX inbox_snoozed ON inbox (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX inbox_read ON inbox (read_at) WHERE read_at IS NOT NULL;

-- How many are unread, so that nobody counts a million of them.
CREATE TABLE inbox_unread_counts (
    company TEXT NOT NULL,
    category TEXT NOT NULL,
    unread INTEGER NOT NULL,
    PRIMARY KEY (company, category)
) STRICT, WITHOUT ROWID;
INSERT INTO inbox_unread_counts (company, category, unread)
    SELECT company, category, count(*) FROM inbox WHERE read_at IS NULL GROUP BY company, category;
CREATE TRIGGER inbox_counts_added AFTER INSERT ON inbox WHEN new.read_at IS NULL
BEGIN
    INSERT OR IGNORE INTO inbox_unread_counts (company, category, unread) VALUES (new.company, new.category, 0);
    UPDATE inbox_unread_counts SET unread = unread + 1 WHERE company = new.company AND category = new.category;
END;
CREATE TRIGGER inbox_counts_changed AFTER UPDATE OF read_at ON inbox
    WHEN (old.read_at IS NULL) <> (new.read_at IS NULL)
BEGIN
    INSERT OR IGNORE INTO inbox_unread_counts (company, category, unread) VALUES (new.company, new.category, 0);
    UPDATE inbox_unread_counts SET unread = unread + iif(new.read_at IS NULL, 1, -1)
        WHERE company = new.company AND category = new.category;
END;
CREATE TRIGGER inbox_counts_gone AFTER DELETE ON inbox WHEN old.read_at IS NULL
BEGIN
    UPDATE inbox_unread_counts SET unread = unread - 1 WHERE company = old.company AND category = old.category;
END;

-- What a message is found by (`desktop.store.inbox_words`): its words; its numbers from behind, after `~`; what narrows a
-- search, after `~k`, `~r` and `~c`. Each beginning of up to ten letters has its own list in the index.
UPDATE inbox SET words = ' ' || replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    words || ' ' || lower(replace(coalesce(kind, ''), '_', ' ')),
    '~', ' '), char(10), ' '), '-', ' '), '.', ' '), ',', ' '), ':', ' '), '(', ' '), ')', ' '), '"', ' '), '/', ' '),
    '''', ' ')
    || (SELECT group_concat(' ~' || (
        WITH RECURSIVE turned (left, said) AS (
            SELECT length(numbered.value), ''
            UNION ALL SELECT left - 1, said || substr(numbered.value, left, 1) FROM turned WHERE left > 0
        ) SELECT lower(said) FROM turned WHERE left = 0), '') FROM json_each(json_array(trip_number, control_number))
        AS numbered)
    || ' ~k' || category || ' ~r' || coalesce(lower(regime), '') || ' ~c' || lower(company);
CREATE VIRTUAL TABLE inbox_search USING fts5 (
    words, content = 'inbox', content_rowid = 'frame', columnsize = 0, detail = none, prefix = '1 2 3 4 5 6 7 8 9 10',
    tokenize = "unicode61 remove_diacritics 2 tokenchars '~_'"
);
INSERT INTO inbox_search (inbox_search) VALUES ('rebuild');
CREATE TRIGGER inbox_search_added AFTER INSERT ON inbox
BEGIN
    INSERT INTO inbox_search (rowid, words) VALUES (new.frame, new.words);
END;
CREATE TRIGGER inbox_search_changed AFTER UPDATE OF words ON inbox
BEGIN
    INSERT INTO inbox_search (inbox_search, rowid, words) VALUES ('delete', old.frame, old.words);
    INSERT INTO inbox_search (rowid, words) VALUES (new.frame, new.words);
END;
CREATE TRIGGER inbox_search_gone AFTER DELETE ON inbox
BEGIN
    INSERT INTO inbox_search (inbox_search, rowid, words) VALUES ('delete', old.frame, old.words);
END;

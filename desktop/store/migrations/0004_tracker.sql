-- Every control number known here: from shipments, on trips or by themselves, and from messages alone. Derived from both
-- and rebuildable; where a number stands is never kept, it is folded from the messages each time.
CREATE TABLE tracked (
    company TEXT NOT NULL, -- empty while a draft is nobody's
    regime TEXT NOT NULL,
    number TEXT NOT NULL COLLATE NOCASE, -- as it was written first
    at TEXT NOT NULL, -- when it was last heard of or written here
    heard_at TEXT NOT NULL, -- when the newest message naming it came; empty where none did
    words TEXT NOT NULL, -- its transaction numbers, to be found by
    PRIMARY KEY (company, regime, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX tracked_at ON tracked (at);
CREATE INDEX tracked_number ON tracked (number);

INSERT INTO tracked (company, regime, number, at, heard_at, words)
SELECT company, regime, number, max(at), max(heard_at), substr(trim(group_concat(DISTINCT words), ','), 1, 200) FROM (
    SELECT i.company AS company, i.regime AS regime, n.number AS number, i.received_at AS at, i.received_at AS heard_at,
        CASE WHEN i.kind = 'RNS_SHIPMENT' AND json_valid(CAST(f.body AS TEXT))
            THEN coalesce(json_extract(CAST(f.body AS TEXT), '$.transactionNumber'), '') ELSE '' END AS words
        FROM inbox_numbers AS n JOIN inbox AS i ON i.id = n.inbox JOIN frames AS f ON f.id = i.frame
        WHERE i.regime IS NOT NULL AND n.number <> ''
    UNION ALL
    SELECT coalesce(company, ''), regime, number, created_at, '', '' FROM shipments WHERE number <> ''
) WHERE 1 GROUP BY company, regime, number COLLATE NOCASE;

CREATE TRIGGER tracked_is_heard AFTER INSERT ON inbox_numbers WHEN NEW.number <> ''
BEGIN
    INSERT INTO tracked (company, regime, number, at, heard_at, words)
        SELECT i.company, i.regime, NEW.number, i.received_at, i.received_at,
            CASE WHEN i.kind = 'RNS_SHIPMENT' AND json_valid(CAST(f.body AS TEXT))
                THEN coalesce(json_extract(CAST(f.body AS TEXT), '$.transactionNumber'), '') ELSE '' END
            FROM inbox AS i JOIN frames AS f ON f.id = i.frame WHERE i.id = NEW.inbox AND i.regime IS NOT NULL
        ON CONFLICT (company, regime, number) DO UPDATE SET
            at = max(at, excluded.at),
            heard_at = max(heard_at, excluded.heard_at),
            words = CASE WHEN excluded.words = '' OR instr(words, excluded.words) THEN words
                ELSE substr(trim(excluded.words || ',' || words, ','), 1, 200) END;
END;
CREATE TRIGGER tracked_is_unheard AFTER DELETE ON inbox_numbers
BEGIN
    DELETE FROM tracked WHERE number = OLD.number
        AND NOT EXISTS (SELECT 1 FROM inbox_numbers WHERE number = OLD.number)
        AND NOT EXISTS (SELECT 1 FROM shipments WHERE number = OLD.number COLLATE NOCASE);
END;
CREATE TRIGGER tracked_is_written AFTER INSERT ON shipments WHEN NEW.number <> ''
BEGIN
    INSERT INTO tracked (company, regime, number, at, heard_at, words)
        VALUES (coalesce(NEW.company, ''), NEW.regime, NEW.number, NEW.created_at, '', '')
        ON CONFLICT (company, regime, number) DO UPDATE SET at = max(at, excluded.at);
END;
CREATE TRIGGER tracked_is_written_anew AFTER UPDATE OF number, company ON shipments
    WHEN OLD.number <> NEW.number OR OLD.company IS NOT NEW.company
BEGIN
    INSERT INTO tracked (company, regime, number, at, heard_at, words)
        SELECT coalesce(NEW.company, ''), NEW.regime, NEW.number, NEW.updated_at, '', '' WHERE NEW.number <> ''
        ON CONFLICT (company, regime, number) DO UPDATE SET at = max(at, excluded.at);
    DELETE FROM tracked
        WHERE company = coalesce(OLD.company, '') AND regime = OLD.regime AND number = OLD.number AND heard_at = ''
        AND NOT EXISTS (SELECT 1 FROM shipments AS s WHERE s.number = OLD.number COLLATE NOCASE
            AND s.regime = OLD.regime AND s.company IS OLD.company);
END;
CREATE TRIGGER tracked_is_struck AFTER DELETE ON shipments WHEN OLD.number <> ''
BEGIN
    DELETE FROM tracked
        WHERE company = coalesce(OLD.company, '') AND regime = OLD.regime AND number = OLD.number AND heard_at = ''
        AND NOT EXISTS (SELECT 1 FROM shipments AS s WHERE s.number = OLD.number COLLATE NOCASE
            AND s.regime = OLD.regime AND s.company IS OLD.company);
END;

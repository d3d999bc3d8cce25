-- Numbers a carrier gives out in order: trips, PAPS and PARS, for all or for one driver (domain 6).
CREATE TABLE number_ranges (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    company TEXT NOT NULL REFERENCES companies (id),
    regime TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('trip', 'control')),
    driver TEXT REFERENCES library (id),
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    digits INTEGER NOT NULL CHECK (digits BETWEEN 1 AND 18),
    first INTEGER NOT NULL CHECK (first >= 0),
    last INTEGER NOT NULL CHECK (last >= first),
    next INTEGER NOT NULL CHECK (next BETWEEN first AND last + 1),
    is_active INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX number_ranges_company ON number_ranges (company, regime, kind, id);

-- Trips to start others from. A removed template keeps its row until the removal can no longer be undone.
CREATE TABLE templates (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    company TEXT REFERENCES companies (id),
    regime TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    local TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    removed_at TEXT
) STRICT;
CREATE INDEX templates_name ON templates (name COLLATE NOCASE, id) WHERE removed_at IS NULL;

-- What a partner's shipments held before, so that it need not be typed again. `partner` is the name in one case.
CREATE TABLE goods (
    id TEXT PRIMARY KEY,
    company TEXT NOT NULL,
    regime TEXT NOT NULL,
    partner TEXT NOT NULL,
    description TEXT NOT NULL,
    document TEXT NOT NULL,
    times INTEGER NOT NULL,
    used_at TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX goods_what ON goods (company, regime, partner, description COLLATE NOCASE);

-- The trips that are open, where their editors stand and where the caret is, so that a restart brings them back.
CREATE TABLE open_trips (
    trip TEXT PRIMARY KEY REFERENCES trips (id),
    position INTEGER NOT NULL,
    place TEXT NOT NULL, -- empty: a tab of the main window; else the geometry of a window of its own
    pointer TEXT NOT NULL,
    caret INTEGER NOT NULL,
    is_current INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How the columns of a table were understood, by its heads, so that the next one like it needs no telling.
CREATE TABLE import_mappings (
    kind TEXT NOT NULL,
    heads TEXT NOT NULL,
    mapping TEXT NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (kind, heads)
) STRICT, WITHOUT ROWID;

-- What was printed of a trip: which sheet, of which version, and what stood on it, so that a sheet gone out of date shows.
CREATE TABLE printed (
    id TEXT PRIMARY KEY,
    trip TEXT NOT NULL REFERENCES trips (id),
    sheet TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('printer', 'pdf', 'email')),
    version INTEGER NOT NULL,
    is_draft INTEGER NOT NULL,
    shown TEXT NOT NULL, -- what the sheet shows of the document; nothing private of the driver
    at TEXT NOT NULL
) STRICT;
CREATE INDEX printed_trip ON printed (trip, sheet);

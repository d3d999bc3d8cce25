-- Times are UTC text as clock.to_text writes them; documents are JSON text; ids are ULIDs unless said otherwise.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE companies (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    scacs TEXT NOT NULL,
    carrier_codes TEXT NOT NULL,
    address TEXT NOT NULL,
    company_key TEXT NOT NULL,
    ca_file TEXT NOT NULL,
    phone TEXT NOT NULL,
    is_practice INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    removed_at TEXT
) STRICT;
-- A removed company keeps its row, because history points at it, and gives its name free.
CREATE UNIQUE INDEX companies_name ON companies (name COLLATE NOCASE) WHERE removed_at IS NULL;

CREATE TABLE trips (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    company TEXT REFERENCES companies (id),
    regime TEXT NOT NULL,
    document TEXT NOT NULL,
    local TEXT NOT NULL,
    undo_position INTEGER NOT NULL DEFAULT 0,
    -- derived from the document each time it is saved
    number TEXT NOT NULL,
    port TEXT NOT NULL,
    eta_local TEXT NOT NULL,
    eta_utc TEXT,
    eta_sort TEXT NOT NULL,
    words TEXT NOT NULL,
    deleted_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX trips_eta ON trips (eta_sort, id) WHERE deleted_at IS NULL;
CREATE INDEX trips_company_eta ON trips (company, eta_sort, id) WHERE deleted_at IS NULL;
CREATE INDEX trips_number ON trips (number COLLATE NOCASE);

-- Documents as they were when something was made from them to be sent; never changed.
CREATE TABLE trip_versions (
    trip TEXT NOT NULL REFERENCES trips (id),
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    local TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (trip, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE undo_steps (
    trip TEXT NOT NULL REFERENCES trips (id),
    seq INTEGER NOT NULL,
    path TEXT NOT NULL,
    before TEXT, -- NULL: there was nothing
    after TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (trip, seq)
) STRICT, WITHOUT ROWID;

-- A shipment on a trip is found here but told by the trip's document; one without a trip has its own.
CREATE TABLE shipments (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    company TEXT REFERENCES companies (id),
    regime TEXT NOT NULL,
    number TEXT NOT NULL,
    trip TEXT REFERENCES trips (id),
    position INTEGER NOT NULL,
    document TEXT,
    words TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK ((trip IS NULL) = (document IS NOT NULL))
) STRICT;
CREATE INDEX shipments_trip ON shipments (trip, position);
CREATE INDEX shipments_number ON shipments (number COLLATE NOCASE);

CREATE TABLE library (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    company TEXT REFERENCES companies (id),
    kind TEXT NOT NULL CHECK (kind IN ('driver', 'truck', 'trailer', 'partner')),
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    document TEXT NOT NULL,
    local TEXT NOT NULL,
    words TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX library_title ON library (kind, title COLLATE NOCASE, id);
CREATE INDEX library_key ON library (kind, key COLLATE NOCASE);

CREATE TABLE frames (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    company TEXT NOT NULL REFERENCES companies (id),
    connection TEXT NOT NULL,
    received_at TEXT NOT NULL,
    is_text INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    company TEXT NOT NULL REFERENCES companies (id),
    trip TEXT REFERENCES trips (id),
    trip_version INTEGER,
    plan TEXT NOT NULL,
    step INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('upload', 'send_request')),
    data TEXT NOT NULL,
    operation TEXT NOT NULL,
    regime TEXT NOT NULL,
    number TEXT NOT NULL,
    shipment TEXT NOT NULL,
    auto_send INTEGER NOT NULL,
    account TEXT NOT NULL,
    state TEXT NOT NULL,
    send_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    eta_utc TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    epoch INTEGER,
    owner TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    claimed_at TEXT,
    written_at TEXT,
    answered_at TEXT,
    error TEXT,
    payload BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX outbox_send_id ON outbox (send_id);
CREATE INDEX outbox_trip ON outbox (trip, id);
CREATE INDEX outbox_plan ON outbox (plan, step);
CREATE INDEX outbox_open ON outbox (state, id)
    WHERE state IN ('READY', 'HELD', 'IN_FLIGHT', 'ACCEPTED_PENDING', 'UNCERTAIN', 'DUP_SUSPECT');

CREATE TABLE delivery_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    outbox TEXT NOT NULL REFERENCES outbox (id),
    trip TEXT,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    cause TEXT NOT NULL,
    frame INTEGER REFERENCES frames (id),
    attempt INTEGER NOT NULL,
    app_version TEXT NOT NULL
) STRICT;
CREATE INDEX delivery_log_outbox ON delivery_log (outbox, id);
CREATE INDEX delivery_log_trip ON delivery_log (trip, id);
CREATE TRIGGER delivery_log_is_never_changed BEFORE UPDATE ON delivery_log
BEGIN
    SELECT RAISE(ABORT, 'delivery_log is append only');
END;
CREATE TRIGGER delivery_log_is_never_shortened BEFORE DELETE ON delivery_log
BEGIN
    SELECT RAISE(ABORT, 'delivery_log is append only');
END;

CREATE TABLE link_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    company TEXT NOT NULL REFERENCES companies (id),
    what TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX link_log_company ON link_log (company, id);

-- Derived from frames, and rebuildable from them (all but read_at and trip).
CREATE TABLE inbox (
    id TEXT PRIMARY KEY,
    frame INTEGER NOT NULL REFERENCES frames (id),
    company TEXT NOT NULL REFERENCES companies (id),
    received_at TEXT NOT NULL,
    kind TEXT,
    category TEXT NOT NULL,
    regime TEXT,
    trip_number TEXT NOT NULL,
    control_number TEXT NOT NULL,
    trip TEXT REFERENCES trips (id),
    digest TEXT NOT NULL,
    repeats INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    sign TEXT NOT NULL,
    words TEXT NOT NULL,
    read_at TEXT
) STRICT;
CREATE UNIQUE INDEX inbox_digest ON inbox (company, digest);
CREATE INDEX inbox_company ON inbox (company, id);
CREATE INDEX inbox_category ON inbox (category, id);
CREATE INDEX inbox_unread ON inbox (category, company, id) WHERE read_at IS NULL;
CREATE INDEX inbox_unread_newest ON inbox (id) WHERE read_at IS NULL;
CREATE INDEX inbox_trip ON inbox (trip, id) WHERE trip IS NOT NULL;
CREATE INDEX inbox_trip_number ON inbox (trip_number) WHERE trip_number <> '';
CREATE INDEX inbox_control_number ON inbox (control_number) WHERE control_number <> '';

-- Which item a frame became; NULL for one that is no item, such as the handshake. A frame without a row here was
-- stored and not yet understood.
CREATE TABLE inbox_frames (
    frame INTEGER PRIMARY KEY REFERENCES frames (id),
    inbox TEXT
) STRICT;
CREATE INDEX inbox_frames_inbox ON inbox_frames (inbox) WHERE inbox IS NOT NULL;

CREATE TABLE numbers_used (
    company TEXT NOT NULL REFERENCES companies (id),
    regime TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('trip', 'control')),
    number TEXT NOT NULL,
    trip TEXT NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (company, regime, kind, number, trip)
) STRICT, WITHOUT ROWID;

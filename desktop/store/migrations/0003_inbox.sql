-- What a person did with a message, beside reading it.
ALTER TABLE inbox ADD COLUMN pinned_at TEXT;
ALTER TABLE inbox ADD COLUMN snoozed_until TEXT;

-- Every shipment a message names; the column `control_number` of the inbox is only the first of them.
CREATE TABLE inbox_numbers (
    number TEXT NOT NULL COLLATE NOCASE,
    inbox TEXT NOT NULL REFERENCES inbox (id),
    PRIMARY KEY (number, inbox)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_numbers_inbox ON inbox_numbers (inbox);

-- Whether a sheet told the driver to go: a later hold makes that sheet worse than out of date.
ALTER TABLE printed ADD COLUMN says_go INTEGER NOT NULL DEFAULT 0;

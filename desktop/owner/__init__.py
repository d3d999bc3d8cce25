"""The one owner of a data folder: its lock and its loopback door. No Qt."""

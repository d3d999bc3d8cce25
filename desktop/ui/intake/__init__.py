"""What comes in and goes out: BorderConnect messages, tables, the watched folder, pasted rows."""

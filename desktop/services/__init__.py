"""Use cases: what the window and the commands do."""

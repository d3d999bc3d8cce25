"""What goes through the door of the data folder: lines of JSON with a version (product, one owner).

The asker sends a request with the token; the owner says that it has taken it; the asker says go, so that a request
whose asker has given up is never carried out; then lines of the answer follow, with signs of life between them, and
an end or an error. Everything here is also imported by a second start of the window, which has no time for more.
"""

from __future__ import annotations

VERSION = 1
LONGEST_LINE = 1024 * 1024  # bytes; what is longer (files to import) is named by its path
ANSWER_S = 5.0  # no line for so long: the owner does not answer
FILE = "owner.json"
LOCK = "owner.lock"

REQUESTS = frozenset({"ping", "raise_window", "hand_over", "run", "company_changed"})

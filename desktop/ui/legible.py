"""Foreign text as it may be shown: what steers the order of letters becomes a visible mark (reliability 6.12).

Only what is shown: documents and raw messages keep every character.
"""

from __future__ import annotations

import re
from typing import Final

MARK: Final = "\ufffd"
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def legible(text: str) -> str:
    """Return `text` with control, direction and broken characters made visible; line breaks and tabs stay."""
    return _STEERS.sub(MARK, text)

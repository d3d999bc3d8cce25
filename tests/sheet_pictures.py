"""Makes the pictures of all sheets for the guide: `python tests/sheet_pictures.py [FOLDER]`.

English and French, letter paper, as `resources/guide/sheets` holds them: small, in sixteen shades of grey.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOTS = 80


def main() -> None:
    """Write one picture for each sheet and language: its first page, or two beside each other."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    from fakes import paper as papers
    from PIL import Image
    from PySide6.QtGui import QGuiApplication

    from desktop.domain.lifecycle import Regime
    from desktop.services.sheets import SheetOptions
    from desktop.ui import paper

    app = QGuiApplication([])
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "guide" / "sheets"
    folder.mkdir(parents=True, exist_ok=True)
    for regime in Regime:
        for language in papers.LANGUAGES:
            single = SheetOptions(has_qr=True, stock="thermal-4x2")
            shown = papers.sheets_of(regime, papers.trip(regime, 3), language=language, options=single)
            rows = papers.sheets_of(
                regime, papers.trip(regime, 9), language=language, options=SheetOptions(stock="letter-20")
            )
            shown["labels-sheet"] = rows["labels"]
            for name, sheet in shown.items():
                dots = 110 if name == "labels" else DOTS
                pages = [_grey(image, Image) for image in paper.pages(sheet, "letter", dots * 2)]
                wide = _beside(
                    [page.resize((page.width // 2, page.height // 2), Image.Resampling.LANCZOS) for page in pages[:2]],
                    Image,
                )
                wide.quantize(16).save(folder / f"{name}-{regime.lower()}-{language}.png", optimize=True)
    del app


def _grey(image, pillow):
    copy = image.convertToFormat(image.Format.Format_Grayscale8)
    return pillow.frombytes(
        "L", (copy.width(), copy.height()), bytes(copy.constBits()), "raw", "L", copy.bytesPerLine()
    )


def _beside(pages, pillow):
    gap = 12
    width = sum(page.width for page in pages) + gap * (len(pages) + 1)
    whole = pillow.new("L", (width, pages[0].height + 2 * gap), 190)
    left = gap
    for page in pages:
        whole.paste(page, (left, gap))
        left += page.width + gap
    return whole


if __name__ == "__main__":
    main()

"""The tour does the main job through the real window and leaves pictures and paper."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pypdfium2
import zxingcpp
from fakes.process import environment
from PIL import Image


def test_the_tour_does_the_whole_job(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--practice", "--data-dir", str(tmp_path / "data"), "--tour", str(folder)],
        capture_output=True,
        text=True,
        timeout=100,
        cwd=tmp_path,
        env=environment(home),
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr  # 1 also where words do not fit
    pictures = sorted(folder.glob("[0-9][0-9]-*.png"))
    assert len(pictures) >= 8
    for picture in pictures:
        with Image.open(picture) as image:
            assert image.size == (1366, 736)
            assert len(image.convert("RGB").resize((136, 73)).getcolors(20_000) or ()) > 20  # no empty window
    _practice_is_visible(pictures)
    text, codes = _read(folder / "sheet.pdf")
    assert "PRACTICE" in text
    assert "DRAFT" not in text
    numbers = {code for code in codes if code.startswith("SMPL")}
    assert len(numbers) == 2  # the trip and its shipment
    for private in ("1980-01-15", "42700000000101", "SAMPLE-0001", "SMP000001"):
        assert private not in text
        assert private.encode() not in (folder / "sheet.pdf").read_bytes()


def _practice_is_visible(pictures: list[Path]) -> None:
    """The banner's colour runs across the top of every picture, dimmed behind dialogs."""
    for picture in pictures:
        with Image.open(picture) as image:
            red, green, blue = image.convert("RGB").getpixel((700, 8))
        assert green > red
        assert blue > red


def _read(path: Path) -> tuple[str, set[str]]:
    text, codes = "", set()
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text += page.get_textpage().get_text_bounded()
            picture = np.asarray(page.render(scale=200 / 72).to_pil().convert("L"))
            codes |= {code.text for code in zxingcpp.read_barcodes(picture)}
    return text, codes

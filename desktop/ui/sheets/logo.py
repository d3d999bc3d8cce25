"""A carrier's logo made fit for paper: black on white, so that it survives a fax and a thermal printer."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

_MOST_DOTS = 1200  # across; 120 points at 600 dpi are 1000


@lru_cache(maxsize=4)
def logo_of(data: bytes) -> QImage | None:
    """Return a picture in black and white; None where the bytes are no picture, or one without anything on it."""
    if not data:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        return None
    if max(size.width(), size.height()) > _MOST_DOTS:
        reader.setScaledSize(size.scaled(QSize(_MOST_DOTS, _MOST_DOTS), Qt.AspectRatioMode.KeepAspectRatio))
    read = reader.read()
    if read.isNull():
        return None
    grey = QImage(read.size(), QImage.Format.Format_RGB32)
    grey.fill(Qt.GlobalColor.white)  # what is transparent is paper
    painter = QPainter(grey)
    painter.drawImage(0, 0, read)
    painter.end()
    return _black_and_white(grey.convertToFormat(QImage.Format.Format_Grayscale8))


def _black_and_white(grey: QImage) -> QImage | None:
    """Return the picture with everything darker than the threshold black; letters in light colours stay readable."""
    width, height, stride = grey.width(), grey.height(), grey.bytesPerLine()
    rows = bytes(grey.constBits())
    lines = [rows[top * stride : top * stride + width] for top in range(height)]
    shades = Counter(b"".join(lines))
    if len(shades) < 2:  # noqa: PLR2004 - one shade alone is no picture
        return None
    threshold = _threshold(shades)
    table = bytes(0 if shade <= threshold else 255 for shade in range(256))
    drawn = _trimmed([line.translate(table) for line in lines])
    width, height = len(drawn[0]), len(drawn)
    made = QImage(b"".join(drawn), width, height, width, QImage.Format.Format_Grayscale8)
    return made.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)


def _trimmed(lines: list[bytes]) -> list[bytes]:
    """Return rows of black (0) and white (255) without the white around them; there is some black."""
    inked = [place for place, line in enumerate(lines) if 0 in line]
    kept = lines[inked[0] : inked[-1] + 1]
    left = min(found for line in kept if (found := line.find(0)) >= 0)
    right = max(line.rfind(0) for line in kept) + 1
    return [line[left:right] for line in kept]


def _threshold(shades: Counter[int]) -> int:
    """Return the shade that parts dark from light best (Otsu): the largest variance between the two."""
    total, everything = shades.total(), sum(shade * count for shade, count in shades.items())
    best, found, below, below_sum = -1.0, 0, 0, 0
    for shade in sorted(shades)[:-1]:
        below += shades[shade]
        below_sum += shade * shades[shade]
        above = total - below
        apart = below_sum / below - (everything - below_sum) / above
        variance = below * above * apart * apart
        if variance > best:
            best, found = variance, shade
    return found

"""The project's files, as the house tests see them: with or without git, without what is made from them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_MADE = {"build", "dist", "htmlcov", "__pycache__"}


def _is_kept(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    hidden = any(part.startswith(".") and part not in {".ci", ".gitignore"} for part in parts)
    return not hidden and not _MADE.intersection(parts) and not any(part.endswith(".egg-info") for part in parts)


@cache
def files(folder: str = ".", pattern: str = "*") -> tuple[Path, ...]:
    """Return the files of the source tree below `folder`, sorted."""
    return tuple(sorted(path for path in (ROOT / folder).rglob(pattern) if path.is_file() and _is_kept(path)))


@cache
def sources() -> tuple[Path, ...]:
    """Return the hand-written modules of the program."""
    return tuple(path for path in files("desktop", "*.py") if not path.name.startswith("ui_"))


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    """Return a path as people write it, from the project root."""
    return path.relative_to(ROOT).as_posix()

"""Builds store, vault, links and services once, for the window and the commands. No Qt, no registry."""

from desktop.assembly.desk import Asked, Desk, DeskOptions, open_desk
from desktop.assembly.reading import ReadingDesk, open_reading

__all__ = ["Asked", "Desk", "DeskOptions", "ReadingDesk", "open_desk", "open_reading"]

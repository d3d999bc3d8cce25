"""Tables: library and shipments out of CSV and XLSX files, and into them."""

from desktop.services.tables.service import Tables
from desktop.services.tables.table import Brought, CellIssue, Choice, Happens, Mapping, Preview, PreviewRow, Table

__all__ = ["Brought", "CellIssue", "Choice", "Happens", "Mapping", "Preview", "PreviewRow", "Table", "Tables"]

"""Widgets of fields and their tie to a document."""

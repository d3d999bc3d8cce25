"""Sheets as pure data, HTML and bar modules. No Qt."""

"""Secrets and redaction: the vault for keys, and what never reaches a log."""

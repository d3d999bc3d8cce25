"""Asyncio shells around the wire: the BorderConnect WebSocket client and its backoff."""

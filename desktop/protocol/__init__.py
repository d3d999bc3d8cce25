"""BorderConnect's wire: strict JSON, messages, and one connection as a state machine. No sockets."""

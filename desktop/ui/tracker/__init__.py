"""The Shipments screen: whether each control number is cleared, and what customs said of it."""

"""Pure core of delivery: the outbox machine, limits, and the planner of messages."""

"""Pure core of the border: what customs said, folded into states and readiness."""

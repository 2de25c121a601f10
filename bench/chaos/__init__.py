"""Faults of every kind, to the real process: who was not told, told twice, or told after a stop; see docs/reliability.md."""

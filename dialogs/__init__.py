"""First floor: what we say. A message and what is remembered in, one card out. Pure: no async, no clock, no I/O."""

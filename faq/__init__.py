"""Ground floor: what we know. Entries, example questions, search, meetings. Pure: no async, no clock, no I/O."""

"""The faults, by what breaks."""

"""Outer walls: what touches the world. HTTP, Bot Framework, SQLite, clock, files, console."""

import os

# One thread for numpy's products: ours are small, and on two busy cores its threads wait for each other,
# which made the training five times slower. Read when numpy is loaded, so it is said before anything else.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

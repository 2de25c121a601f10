"""What tests and benches share: a clock, stand-ins for Teams, channels, processes, content."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

"""Draws the CPU and the p95 of every bot of the bench, production-like.

bench/.venvs/plot/bin/python bench/plot.py bench/results/endpoint.json docs/performance.png
"""

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

results = json.loads(Path(sys.argv[1]).read_text("utf-8"))["load"]
names = list(results["production"])
colours = ["#0b6e4f" if name.startswith("Ladderbot") else "#9aa5b1" for name in names]
figure, axes = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
for axis, kind, key, title in (
    (axes[0], "production", "cpu_ms", "CPU per message, ms (8 at once)"),
    (axes[1], "production, 32 at once", "p95_ms", "p95 of the answer, ms (32 at once)"),
):
    values = [results[kind][name][key] for name in names]
    bars = axis.barh(names[::-1], values[::-1], color=colours[::-1])
    axis.bar_label(
        bars,
        [f"{value:,.2f}" if value < 10 else f"{value:,.0f}" for value in values[::-1]],
        padding=3,
    )
    axis.set_xscale("log")
    axis.set_xlim(min(values) / 2, max(values) * 4)
    axis.set_title(title, fontsize=10)
    axis.spines[["top", "right"]].set_visible(False)
axes[1].set_yticklabels([])
figure.suptitle(
    "Production-like: token in, token service with 100 ms, TLS out; echo bots beside Ladderbot answering",
    fontsize=10,
)
figure.savefig(sys.argv[2], dpi=110, metadata={"Software": None})

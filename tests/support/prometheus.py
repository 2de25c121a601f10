"""Prometheus' own tool, for alert rules: what they say of the metrics of a bot before and after something happened."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

SAMPLE = re.compile(r"(?m)^(ladderbot_\w+(?:\{.*\})?) (\S+)$")
BEFORE, AFTER = 70, 90
"""Minutes that the metrics stay as they were before, and as they are after."""


def promtool():
    """Where it is; None where it is not installed (Debian: `prometheus`)."""
    return os.environ.get("PROMTOOL") or shutil.which("promtool")


def series(before, after, **more):
    """Each sample of two pages of metrics, in the tool's notation; `more` are (before, after) of others."""
    samples = [dict(SAMPLE.findall(page)) for page in (before, after)]
    names = sorted({*samples[0], *samples[1]})
    values = {name: [page.get(name, "_") for page in samples] for name in names} | more
    return [
        {"series": name, "values": f"{stays(one, BEFORE)} {stays(other, AFTER)}"}
        for name, (one, other) in values.items()
    ]


def stays(value, minutes):
    return f"_x{minutes}" if value == "_" else f"{float(value)}+0x{minutes - 1}"


def fires(tool: str, rules: Path, samples, *, folder: Path, minutes, alert=".+"):
    """Whether this alert, or any, fires at one of these minutes.

    The tool only says whether an expectation holds, so the alert is expected not to fire.
    """
    expression = f'count(ALERTS{{alertname=~"{alert}",alertstate="firing"}}) or vector(0)'
    none = [{"labels": "{}", "value": 0}]
    expected = [
        {"expr": expression, "eval_time": f"{minute}m", "exp_samples": none} for minute in minutes
    ]
    test = {"interval": "1m", "input_series": samples, "promql_expr_test": expected}
    file = folder / "test.yaml"
    file.write_text(json.dumps({"rule_files": [str(rules)], "tests": [test]}), "utf-8")
    done = subprocess.run(
        [tool, "test", "rules", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = done.stdout + done.stderr
    assert "SUCCESS" in told or "got:" in told, told
    return "got:" in told

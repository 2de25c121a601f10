"""What the runs came to, as a table; docs/reliability.md."""

import os
import platform
import subprocess
from datetime import UTC, datetime

from tests.support import ROOT

DOC = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"


def say(outcome):
    """One line about a run, in full where it went wrong."""
    print(
        f"{'ok ' if outcome.good else 'BAD'} {outcome.fault} #{outcome.seed}"
        f" {outcome.seconds:.1f} s in flight {outcome.in_flight}",
        "" if outcome.good else f"\n    {outcome}",
        flush=True,
    )


def row(fault, outcomes):
    """Of the table."""
    mine = [outcome for outcome in outcomes if outcome.fault == fault.name]
    if not mine:
        return f"| {fault.name} | 0 | not run | | | | |"
    asked = sum(o.asked for o in mine)
    unanswered = sum(o.unanswered for o in mine)
    recovered = sum(o.recovered for o in mine)
    seconds = max((o.seconds for o in mine if o.recovered), default=0.0)
    if recovered < len(mine):
        well = f"{recovered} of {len(mine)}"
    else:
        well = f"{'no, by hand' if mine[0].by_hand else 'yes'} ({seconds:.0f} s)"
    answered = "yes" if not unanswered else f"{asked - unanswered} of {asked}"
    counts = (sum(getattr(o, name) for o in mine) for name in ("lost", "twice", "after_stop"))
    return (
        f"| {fault.name} | {len(mine)} | " + " | ".join(map(str, (*counts, answered, well))) + " |"
    )


def table(faults, left_out, outcomes, seconds, seed):
    """All rows, and on what they were measured."""
    rows = [
        "| fault | times | lost | twice beyond in flight | after stop | answered meanwhile | recovered by itself |",
        "|---|---|---|---|---|---|---|",
        *(row(fault, outcomes) for fault in faults),
        *(f"| {fault.name} | 0 | left out: not root | | | | |" for fault in left_out),
    ]
    in_flight = sum(o.in_flight for o in outcomes)
    asked = sum(o.asked for o in outcomes)
    good = sum(o.good for o in outcomes)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    summary = (
        f"{len(outcomes)} runs, {good} as promised; {asked:,} questions asked; {in_flight} reminders came twice"
        f" because they were in flight when it broke. `make chaos` with seed {seed}, {seconds / 60:.0f} minutes,"
        f" on {datetime.now(UTC):%Y-%m-%d} at commit {commit}: {platform.system()} {platform.release()},"
        f" {os.cpu_count()} cores, Python {platform.python_version()}; load of the machine at the end"
        f" {os.getloadavg()[0]:.1f}."
    )
    return "\n".join((*rows, "", summary))


def write(text):
    """Put the table where the documentation has it."""
    whole = DOC.read_text("utf-8")
    before, _, rest = whole.partition(BEGIN)
    _, _, after = rest.partition(END)
    DOC.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")

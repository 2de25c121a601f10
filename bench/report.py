"""Puts what `bench/door.py` measured into docs/performance.md, and draws docs/performance.png.

python bench/report.py
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "door.json"
PAGE = HERE.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
OURS, BARE, FLOOR = "Ladderbot", "Ladderbot, no encoder", "floor"
SDK, AGENTS, TEAMS = "botbuilder 4.17.1", "Agents SDK 1.9.0", "Teams SDK 2.1.1"
PRODUCTION, CROWD = "production", "production, 32 at once"


def goals(found):
    """(figure, measured, measured without the encoder, must, moonshot)"""
    load, start, memory = found["load"], found["start"], found["memory"]
    cpu = {name: r["cpu_ms"] for name, r in load[PRODUCTION].items()}
    p95 = {name: r["p95_ms"] for name, r in load[CROWD].items()}
    best = min(cpu[AGENTS], cpu[TEAMS])
    both = lambda of: [of(OURS), of(BARE)]  # noqa: E731
    return [
        (
            "CPU per message: botbuilder's echo ÷ ours",
            *both(lambda n: cpu[SDK] / cpu[n]),
            "≥ 15",
            "≥ 25",
        ),
        ("the faster successor's echo ÷ ours", *both(lambda n: best / cpu[n]), "≥ 1", "≥ 1.5"),
        ("ours ÷ floor", *both(lambda n: cpu[n] / cpu[FLOOR]), "≤ 3", "≤ 2"),
        (
            "p95 at 32 at once: botbuilder's echo ÷ ours",
            *both(lambda n: p95[SDK] / p95[n]),
            "≥ 30",
            "≥ 80",
        ),
        ("proactive sends a second", *[found["sends"]["per_second"]] * 2, "≥ 250", "≥ 800"),
        (
            "memory after 50,000 messages less after 5,000, MB",
            *both(lambda n: memory[n]["growth_mb"]),
            "≤ 3",
            "≤ 1",
        ),
        (
            "start to first answer ÷ `import botbuilder.core`",
            *both(lambda n: start[n]["ratio"]),
            "≤ 3",
            "≤ 2",
        ),
        (
            "memory at rest, MB",
            *both(lambda n: start[n]["memory_at_rest_mb"]),
            "≤ 220, 130",
            "≤ 150, 90",
        ),
    ]


def meets(value, goal, *, bare):
    sign, _, numbers = goal.partition(" ")
    limits = [float(number) for number in numbers.split(", ")]
    limit = limits[-1] if bare else limits[0]
    return value >= limit if sign == "≥" else value <= limit


def cell(value, must, moonshot, *, bare):
    text = f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    if meets(value, moonshot, bare=bare):
        return f"**{text}**"
    return text if meets(value, must, bare=bare) else f"{text} (missed)"


def tables(found):
    lines = [
        "| figure | Ladderbot | without its encoder | must | moonshot |",
        "|---|---|---|---|---|",
    ]
    for figure, ours, bare, must, moonshot in goals(found):
        shown = [cell(ours, must, moonshot, bare=False), cell(bare, must, moonshot, bare=True)]
        lines.append(f"| {figure} | {shown[0]} | {shown[1]} | {must} | {moonshot} |")
    lines += ["", "Bold reaches the moonshot.", ""]
    for kind, title in (
        ("plain", "Plain: no authentication, http, 8 at once"),
        (PRODUCTION, "Production-like: token in, token service with 100 ms, TLS out, 8 at once"),
        (CROWD, "The same, 32 at once"),
    ):
        lines += [f"### {title}", ""]
        lines += [
            "| bot | CPU ms a message | messages a second | p50 ms | p95 ms | memory MB | all replies arrived |"
        ]
        lines += ["|---|---|---|---|---|---|---|"]
        for name, r in found["load"][kind].items():
            arrived = "yes" if r["all_replied"] else "**no**"
            lines.append(
                f"| {name} | {r['cpu_ms']:.2f} | {r['per_second']:,.0f} | {r['p50_ms']:,.1f} | {r['p95_ms']:,.1f} "
                f"| {r['memory_mb']:.0f} | {arrived} |"
            )
        lines.append("")
    about = found["machine"]
    before = ", ".join(f"{value:.1f}" for value in about["load_before"])
    lines.append(
        f"Measured on {about['on']} at commit {about['commit']}: {about['processor']}, {about['cores']} cores, Python {about['python']}; "
        f"load of the machine before the run {before}."
    )
    return "\n".join(lines)


def main():
    found = json.loads(RESULTS.read_text("utf-8"))
    page = PAGE.read_text("utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n{tables(found)}\n{END}{tail}", "utf-8")
    plot = HERE / ".venvs" / "plot" / "bin" / "python"
    if plot.exists():
        subprocess.run([plot, HERE / "plot.py", RESULTS, PAGE.with_suffix(".png")], check=True)
    print(tables(found))


if __name__ == "__main__":
    sys.exit(main())

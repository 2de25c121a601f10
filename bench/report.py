"""Puts what `bench/endpoint.py` measured into docs/performance.md, and draws docs/performance.png.

python bench/report.py
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "endpoint.json"
PAGE = HERE.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
OURS, BARE, FLOOR = "Ladderbot", "Ladderbot, no encoder", "floor"
SDK, AGENTS, TEAMS = "botbuilder 4.17.1", "Agents SDK 1.9.0", "Teams SDK 2.1.1"
PRODUCTION, CROWD = "production", "production, 32 at once"


def cpu(results, bot):
    return results["load"][PRODUCTION][bot]["cpu_ms"]


def p95(results, bot):
    return results["load"][CROWD][bot]["p95_ms"]


# (figure, its value for a bot, must, moonshot)
GOALS = (
    (
        "CPU per message: botbuilder's echo ÷ ours",
        lambda results, bot: cpu(results, SDK) / cpu(results, bot),
        "≥ 15",
        "≥ 25",
    ),
    (
        "the faster successor's echo ÷ ours",
        lambda results, bot: min(cpu(results, AGENTS), cpu(results, TEAMS)) / cpu(results, bot),
        "≥ 1",
        "≥ 1.5",
    ),
    (
        "ours ÷ floor",
        lambda results, bot: cpu(results, bot) / cpu(results, FLOOR),
        "≤ 3",
        "≤ 2",
    ),
    (
        "p95 at 32 at once: botbuilder's echo ÷ ours",
        lambda results, bot: p95(results, SDK) / p95(results, bot),
        "≥ 30",
        "≥ 80",
    ),
    (
        "proactive sends a second",
        lambda results, _: results["sends"]["per_second"],
        "≥ 250",
        "≥ 800",
    ),
    (
        "memory after 50,000 messages less after 5,000, MB",
        lambda results, bot: results["memory"][bot]["growth_mb"],
        "≤ 3",
        "≤ 1",
    ),
    (
        "start to first answer ÷ `import botbuilder.core`",
        lambda results, bot: results["start"][bot]["ratio"],
        "≤ 3",
        "≤ 2",
    ),
    (
        "memory at rest, MB",
        lambda results, bot: results["start"][bot]["memory_at_rest_mb"],
        "≤ 220, 130",
        "≤ 150, 90",
    ),
)


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


def goal_table(results):
    yield "| figure | Ladderbot | without its encoder | must | moonshot |"
    yield "|---|---|---|---|---|"
    for figure, value, must, moonshot in GOALS:
        ours = cell(value(results, OURS), must, moonshot, bare=False)
        bare = cell(value(results, BARE), must, moonshot, bare=True)
        yield f"| {figure} | {ours} | {bare} | {must} | {moonshot} |"
    yield from ("", "Bold reaches the moonshot.", "")


def load_table(title, rows):
    yield from (f"### {title}", "")
    yield "| bot | CPU ms a message | messages a second | p50 ms | p95 ms | memory MB | all replies arrived |"
    yield "|---|---|---|---|---|---|---|"
    for name, r in rows.items():
        arrived = "yes" if r["all_replied"] else "**no**"
        yield (
            f"| {name} | {r['cpu_ms']:.2f} | {r['per_second']:,.0f} | {r['p50_ms']:,.1f} | {r['p95_ms']:,.1f} "
            f"| {r['memory_mb']:.0f} | {arrived} |"
        )
    yield ""


def tables(results):
    lines = [*goal_table(results)]
    for kind, title in (
        ("plain", "Plain: no authentication, http, 8 at once"),
        (PRODUCTION, "Production-like: token in, token service with 100 ms, TLS out, 8 at once"),
        (CROWD, "The same, 32 at once"),
    ):
        lines += load_table(title, results["load"][kind])
    about = results["machine"]
    before = ", ".join(f"{value:.1f}" for value in about["load_before"])
    lines.append(
        f"Measured on {about['on']} at commit {about['commit']}: {about['processor']}, {about['cores']} cores, Python {about['python']}; "
        f"load of the machine before the run {before}."
    )
    return "\n".join(lines)


def main():
    results = json.loads(RESULTS.read_text("utf-8"))
    page = PAGE.read_text("utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n{tables(results)}\n{END}{tail}", "utf-8")
    plot = HERE / ".venvs" / "plot" / "bin" / "python"
    if plot.exists():
        subprocess.run([plot, HERE / "plot.py", RESULTS, PAGE.with_suffix(".png")], check=True)
    print(tables(results))


if __name__ == "__main__":
    sys.exit(main())

"""Fuzzing with coverage (atheris, libFuzzer) of all that reads what others write: bounded in time, seeds kept.

    make fuzz              (bench/.venvs/fuzz/bin/python bench/fuzz.py [--seconds 60] [TARGET …])

Each target runs in a process of its own. What it learns is kept in bench/results/fuzz, for the next
run; what breaks a target is written to tests/seeds/TARGET, where tests/test_seeds.py tries it for ever.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SEEDS = ROOT / "tests" / "seeds"
KEPT = ROOT / "bench" / "results" / "fuzz"
LONGEST = 8_192
SLOWEST = 5
"""Seconds; an input that takes longer is one that breaks."""


def run_target(name, seconds):
    """Fuzz one target in this process; libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["bot", "dialogs", "faq"]):
        from tests.support.targets import TARGETS
    target = TARGETS[name]()
    corpus, seeds = KEPT / name, SEEDS / name
    corpus.mkdir(parents=True, exist_ok=True)
    seeds.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        f"-timeout={SLOWEST}",
        "-rss_limit_mb=1024",
        f"-artifact_prefix={seeds}/",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus), str(seeds)], target)
    atheris.Fuzz()


def main():
    # Not from the targets themselves: what is imported before is not watched.
    names = sorted(folder.name for folder in SEEDS.iterdir())
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--here", choices=names, help="this one in this process")
    parser.add_argument("targets", nargs="*", default=names)
    given = parser.parse_args()
    if given.here:
        run_target(given.here, given.seconds)
        return
    broken = []
    for name in given.targets:
        command = [sys.executable, __file__, "--here", name, "--seconds", str(given.seconds)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        stats = [line for line in done.stderr.splitlines() if "stat::" in line or "cov:" in line]
        print(name, "broke" if done.returncode else "held", *stats[-6:], sep="\n  ", flush=True)
        if done.returncode:
            broken.append(name)
            print(done.stderr[-3_000:])
    raise SystemExit(bool(broken))


if __name__ == "__main__":
    main()

"""`make bench`: the endpoint side by side with echo bots on three SDKs, and with the floor, in one run.

    python bench/endpoint.py [--quick] [--only NAME …] [--parts load sends memory start]
                          [--beside CHECKOUT]

Builds a virtual environment for each peer under bench/.venvs. A whole run (some fifteen minutes) writes
bench/results/endpoint.json, docs/performance.png and the tables of docs/performance.md; less than that is only printed.
"""

import argparse
import functools
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

import certifi
import report
from load import message

from tests.support.certificates import certificate
from tests.support.process import free_port, started, wait_for_port
from tests.support.teams import REGISTERED, SERVICE

VENVS = HERE / ".venvs"
RESULTS = HERE / "results" / "endpoint.json"
TICK = os.sysconf("SC_CLK_TCK")
PACKAGES = {
    "botbuilder": ["botbuilder-core==4.17.1", "botbuilder-integration-aiohttp==4.17.1"],
    "agents": [
        "microsoft-agents-hosting-aiohttp==1.9.0",
        "microsoft-agents-authentication-msal==1.9.0",
    ],
    "teams": ["microsoft-teams-apps==2.1.1"],
    "plot": ["matplotlib==3.11.2"],
}


@dataclass(frozen=True)
class Bot:
    """One bot of the comparison."""

    name: str
    script: str
    venv: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    """Of its environment."""
    slow: bool = False
    """So few messages a second that it gets a tenth of the load."""

    @property
    def python(self):
        return str(VENVS / self.venv / "bin" / "python") if self.venv else sys.executable


OURS = Bot("Ladderbot", "ours.py")
BARE = Bot("Ladderbot, no encoder", "ours.py", extra=(("BENCH_NO_ENCODER", "1"),))
FLOOR = Bot("floor", "floor.py")
BOTS = (
    Bot("botbuilder 4.17.1", "echo_botbuilder.py", "botbuilder", slow=True),
    Bot("Agents SDK 1.9.0", "echo_agents.py", "agents"),
    Bot("Teams SDK 2.1.1", "echo_teams.py", "teams"),
    OURS,
    BARE,
    FLOOR,
)


def make_venv(name):
    """A virtual environment with the packages of a peer, once."""
    folder, wanted = VENVS / name, "\n".join(PACKAGES[name])
    stamp = folder / "packages.txt"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"making {folder.relative_to(ROOT)} …", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *PACKAGES[name]], check=True)
    stamp.write_text(wanted)


def ask(url, body=None):
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


@dataclass(frozen=True)
class Microsoft:
    """The connector, token service and key issuer of all bots, in a process of their own."""

    plain: int
    tls: int
    bundle: Path
    """What a bot trusts: as many as in production, for they are what an SDK parses at every turn; and this one."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.plain}"

    def stats(self):
        return ask(self.url + "/_stats")

    def delays(self, **seconds):
        ask(self.url + "/_delay", seconds)


@contextmanager
def microsoft_started():
    with tempfile.TemporaryDirectory() as folder:
        file, bundle = certificate(Path(folder)), Path(folder) / "trusted.pem"
        bundle.write_bytes(Path(certifi.where()).read_bytes() + file.read_bytes())
        command = (sys.executable, HERE / "microsoft.py", "--certificate", file)
        with started(*command, log=None, stdout=subprocess.PIPE, text=True) as process:
            plain, tls = map(int, process.stdout.readline().split())
            yield Microsoft(plain, tls, bundle)


@dataclass(frozen=True)
class Running:
    """A bot in a process of its own."""

    process: subprocess.Popen
    microsoft: Microsoft
    port: int
    service: str
    token: str
    began: float

    def cpu(self):
        """Seconds, all threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self):
        """MB that are resident."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise AssertionError

    def load(self, *, at_once, total, first=0):
        """Load it; what the load saw, the CPU that it cost, and the replies that arrived."""
        before, cpu = self.microsoft.stats().get("sent", 0), self.cpu()
        command = [
            sys.executable,
            HERE / "load.py",
            "--url",
            f"http://127.0.0.1:{self.port}/api/messages",
        ]
        command += ["--service", self.service, "--at-once", at_once, "--total", total]
        command += ["--first", first, "--token", self.token]
        run = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
        result = json.loads(run.stdout)
        spent = self.cpu() - cpu
        replies = self.microsoft.stats().get("sent", 0) - before
        return {
            **result,
            "cpu_ms": round(1000 * spent / max(1, result["messages"]), 3),
            "replies": replies,
            "all_replied": replies == total,
        }


@functools.cache
def learned(bot):
    """What this form of the bot learns from the shipped content: once, as after its first start."""
    peers = (HERE / "peers" / bot.script).parent
    checkout = "" if peers == HERE / "peers" else f"-{peers.parents[1].name}"
    folder = HERE / ".venvs" / f"learned-{len(bot.extra)}{checkout}"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **dict(bot.extra), "DATABASE_PATH": str(folder / "x.sqlite3")}
    command = [sys.executable, peers / "learn.py"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return folder / "learned"


@contextmanager
def running(bot, microsoft, *, production):
    """A bot that listens, on an empty database."""
    with tempfile.TemporaryDirectory(prefix="ladderbench") as folder:
        data, port = Path(folder), free_port()
        if bot.script.endswith(OURS.script):
            shutil.copytree(learned(bot), data / "learned")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(data),
            "PORT": str(port),
            "DATABASE_PATH": str(data / "bench.sqlite3"),
            "SENDS_PER_SECOND": "50",
            **dict(bot.extra),
            **(in_production(microsoft) if production else {}),
        }
        token = ask(microsoft.url + "/_token")["token"] if production else ""
        script, log = HERE / "peers" / bot.script, data / "log"
        began = time.perf_counter()
        with log.open("w") as lines, started(bot.python, script, env=environment, log=lines) as one:
            try:
                wait_for_port(port, one)
            except RuntimeError as error:
                raise SystemExit(f"{bot.name}: {error}\n{log.read_text()}") from None
            yield Running(
                one, microsoft, port, SERVICE if production else microsoft.url, token, began
            )


def in_production(microsoft):
    """What the environment of a registered bot holds besides."""
    return {
        "WORLD_TLS_PORT": str(microsoft.tls),
        "SSL_CERT_FILE": str(microsoft.bundle),
        "REQUESTS_CA_BUNDLE": str(microsoft.bundle),
        **REGISTERED,
        "MicrosoftAppType": "SingleTenant",
    }


# The parts.


def part_load(bots, microsoft, *, quick):
    """CPU and latency, plain and production-like, in rounds that alternate between the bots."""
    rounds, total = (1, 400) if quick else (3, 2_000)
    results = {}
    for number in range(rounds):
        for kind, production, at_once in (
            ("plain", False, 8),
            ("production", True, 8),
            ("production, 32 at once", True, 32),
        ):
            microsoft.delays(token=0.1 if production else 0.0, connector=0.0)
            for bot in bots:
                if bot.slow and production and number and not quick:
                    continue
                share = 10 if bot.slow and production else 1
                with running(bot, microsoft, production=production) as run:
                    run.load(
                        at_once=at_once, total=max(at_once, total // 10 // share), first=10_000_000
                    )
                    result = run.load(at_once=at_once, total=max(at_once * 3, total // share))
                    result["memory_mb"] = round(run.memory(), 1)
                print(f"{kind:24} {bot.name:18} {json.dumps(result)}", file=sys.stderr, flush=True)
                results.setdefault(kind, {}).setdefault(bot.name, []).append(result)
    return {
        kind: {name: merged(rounds_of_bot) for name, rounds_of_bot in bots.items()}
        for kind, bots in results.items()
    }


def merged(results):
    """The round with the least CPU: what others on the machine took away is not the bot's."""
    best = min(results, key=lambda r: r["cpu_ms"])
    return best | {
        "rounds": len(results),
        "cpu_ms_all": [r["cpu_ms"] for r in results],
        "p95_ms": min(r["p95_ms"] for r in results),
        "p50_ms": min(r["p50_ms"] for r in results),
        "per_second": max(r["per_second"] for r in results),
        "all_replied": all(r["all_replied"] for r in results),
    }


def part_sends(_, microsoft, *, quick):
    """Proactive sends of ours at 100 ms of the connector, without a rate limit: the connector's side of the outbox."""
    microsoft.delays(token=0.1, connector=0.1)
    total = 500 if quick else 3_000
    command = [
        sys.executable,
        HERE / "sends.py",
        str(microsoft.tls),
        str(microsoft.bundle),
        str(total),
    ]
    environment = {
        **os.environ,
        "SSL_CERT_FILE": str(microsoft.bundle),
        "REQUESTS_CA_BUNDLE": str(microsoft.bundle),
    }
    environment |= {"WORLD_TLS_PORT": str(microsoft.tls)}
    before = microsoft.stats().get("sent", 0)
    runs = [
        json.loads(
            subprocess.run(
                command, capture_output=True, text=True, check=True, env=environment
            ).stdout
        )
        for _ in range(1 if quick else 3)
    ]
    arrived = microsoft.stats().get("sent", 0) - before
    best = max(runs, key=lambda r: r["per_second"])
    return best | {"arrived": arrived == total * len(runs)}


def part_memory(_, microsoft, *, quick):
    """Memory of ours after many messages, less that after some."""
    return {bot.name: growth(bot, microsoft, quick=quick) for bot in (OURS, BARE)}


def growth(bot, microsoft, *, quick):
    microsoft.delays(token=0.0, connector=0.0)
    some, many = (500, 2_000) if quick else (5_000, 50_000)
    with running(bot, microsoft, production=False) as run:
        run.load(at_once=8, total=some)
        after_some = run.memory()
        run.load(at_once=8, total=many - some, first=some)
        after_many = run.memory()
    return {
        "after_some": [some, round(after_some, 1)],
        "after_many": [many, round(after_many, 1)],
        "growth_mb": round(after_many - after_some, 2),
    }


def part_start(_, microsoft, *, quick):
    """From nothing to the first answer at the connector, beside the import of botbuilder.core; and memory at rest."""
    microsoft.delays(token=0.0, connector=0.0)
    times = 2 if quick else 7
    imports = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import botbuilder.core"], check=True)
        imports.append(time.perf_counter() - began)
    imported = statistics.median(imports)
    figures = {"import_botbuilder_core_s": round(imported, 3)}
    for bot in (OURS, BARE):
        starts = [first_answer(bot, microsoft) for _ in range(times)]
        took = statistics.median(took for took, _ in starts)
        figures[bot.name] = {
            "first_answer_s": round(took, 3),
            "ratio": round(took / imported, 2),
            "memory_at_rest_mb": round(statistics.median(memory for _, memory in starts), 1),
        }
    return figures


def first_answer(bot, microsoft):
    """Seconds from starting the process until the connector has the first answer, and the memory when all is read."""
    with running(bot, microsoft, production=False) as run:
        before = microsoft.stats().get("sent", 0)
        body = json.dumps(message(1, "Hoe lang is een certificaat geldig?", microsoft.url)).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{run.port}/api/messages", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            took = time.perf_counter() - run.began
            assert answer.status == 202
        assert microsoft.stats()["sent"] == before + 1
        time.sleep(5)  # The weights of the encoder are read after two seconds.
        return took, run.memory()


PARTS = {"load": part_load, "sends": part_sends, "memory": part_memory, "start": part_start}


def machine():
    model = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return {
        "processor": model[0] if model else platform.processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "load_before": os.getloadavg(),
        "versions": {name: packages for name, packages in PACKAGES.items() if name != "plot"},
        "on": time.strftime("%Y-%m-%d"),
        "commit": subprocess.run(
            ["git", "-C", ROOT, "describe", "--always", "--dirty"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip(),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute, to see that it works")
    parser.add_argument("--only", nargs="*", default=[bot.name for bot in BOTS])
    parser.add_argument("--parts", nargs="*", default=list(PARTS), choices=list(PARTS))
    parser.add_argument(
        "--beside", type=Path, help="another checkout of Ladderbot to measure, without its encoder"
    )
    given = parser.parse_args()
    bots = [bot for bot in BOTS if any(bot.name.startswith(name) for name in given.only)]
    if given.beside:
        script = given.beside.resolve() / "bench" / "peers" / OURS.script
        bots.append(Bot(f"Ladderbot in {given.beside.name}", str(script), extra=BARE.extra))
    for bot in bots:
        if bot.venv:
            make_venv(bot.venv)
    measured = {"machine": machine()}
    with microsoft_started() as microsoft:
        for name in given.parts:
            measured[name] = PARTS[name](bots, microsoft, quick=given.quick)
            print(name, json.dumps(measured[name], indent=1), file=sys.stderr)
    if not given.quick and len(bots) == len(BOTS) and set(given.parts) == set(PARTS):
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
        make_venv("plot")
        report.main()
    else:
        print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()

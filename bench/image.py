"""The image, run as compose.yaml says, and asked something: what holds of it, a line each.

    scripts/image && .venv/bin/python bench/image.py       as root; needs podman and crun

The flags are those of compose.yaml, but for the network, which is this machine's: on loopback only, so that
the local mode may answer. Ends what it started, and removes its volumes.
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.content import write_content, write_entry
from tests.support.process import ask, free_port, ready
from tests.support.teams import REGISTERED

IMAGE = "localhost/ladderbot"
NOBODY = "http://127.0.0.1:9/"
LEARNING_SECONDS = 300


def run(*command, check=True, **more):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **more
    )
    if check and done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: {done.stderr}")
    return done


def flags():
    """What compose.yaml gives the container, as podman's flags."""
    (service,) = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"].values()
    given = ["--read-only"] if service["read_only"] else []
    given += [f"--tmpfs={folder}" for folder in service["tmpfs"]]
    given += [f"--cap-drop={name}" for name in service["cap_drop"]]
    given += [f"--security-opt={option.replace(':true', '')}" for option in service["security_opt"]]
    given += [f"--pids-limit={service['pids_limit']}", f"--memory={service['mem_limit']}"]
    # Of the tool, not of compose: no cgroups of systemd, and limits that a root without all rights may set.
    given += ["--cgroup-manager=cgroupfs", "--health-interval=disable"]
    return [*given, "--ulimit=nofile=4096:4096", "--ulimit=nproc=4096:4096"]


def podman(command, *arguments, **more):
    """`podman run` with the flags of compose; `--cgroup-manager` stands before the command."""
    own = [flag for flag in flags() if not flag.startswith("--cgroup-manager")]
    return run(
        "podman", "--cgroup-manager=cgroupfs", command, "--network=host", *own, *arguments, **more
    )


@contextlib.contextmanager
def container(volume, content, **settings):
    """The running bot: (id, URL)."""
    port = free_port()
    environment = {"HOST": "127.0.0.1", "PORT": port, "CONTENT_DIR": "/content", **settings}
    given = [f"--env={name}={value}" for name, value in environment.items()]
    mounts = [f"--volume={volume}:/data", f"--volume={content}:/content:ro"]
    number = podman("run", "--detach", *given, *mounts, IMAGE).stdout.strip()
    try:
        yield number, f"http://127.0.0.1:{port}"
    finally:
        run("podman", "rm", "--force", number, check=False)


@contextlib.contextmanager
def new_volume():
    name = run("podman", "volume", "create").stdout.strip()
    try:
        yield name
    finally:
        run("podman", "volume", "rm", "--force", name, check=False)


def wait_until(condition, seconds=60.0):
    """Seconds that it took."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        with contextlib.suppress(OSError):
            if condition():
                return time.monotonic() - begun
        time.sleep(0.2)
    raise SystemExit("it takes too long")


def healthy(url):
    with urlopen(url + "/healthz", timeout=5) as response:
        return response.status == 200


def status_of_a_stranger(url):
    request = Request(url + "/api/messages", b"{}", {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=10) as response:
            return response.status
    except HTTPError as error:
        return error.code


def inside(number, script, **more):
    return run("podman", "exec", number, "sh", "-c", script, check=False, **more)


def say(what, shown):
    print(f"{'ok  ' if shown else 'NOT '} {what}", flush=True)
    if not shown:
        raise SystemExit(1)


def prove_what_it_may(number):
    status = inside(
        number, "id -u; grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/1/status"
    ).stdout
    words = status.split()
    say(
        f"user {words[0]}, no capabilities, no new privileges, a system call filter",
        words
        == [
            *(
                "10001",
                "CapEff:",
                "0" * 16,
                "CapBnd:",
                "0" * 16,
                "NoNewPrivs:",
                "1",
                "Seccomp:",
                "2",
            ),
        ],
    )
    tried = inside(
        number, "for f in /app /venv /etc /content /; do touch $f/x 2>/dev/null && echo $f; done"
    )
    say("nothing of the image or of the content can be written", tried.stdout == "")
    say("/data and /tmp can", inside(number, "touch /data/x /tmp/x && rm /data/x").returncode == 0)


def prove_answers(number, url):
    seconds = wait_until(lambda: healthy(url))
    say(f"/healthz 200 after {seconds:.1f} s", shown=True)
    seconds = wait_until(lambda: ready(url)[0] == 200, LEARNING_SECONDS)
    say(f"/readyz 200, learned within 512 MB, {seconds:.0f} s later", shown=True)
    say(
        "a question is answered",
        "Drie jaar." in ask(url, NOBODY, "Hoe lang is een certificaat geldig?"),
    )
    say("a wish is kept", "staan aan" in ask(url, NOBODY, "aanmelden"))
    health = run("podman", "healthcheck", "run", number, check=False)
    say("HEALTHCHECK is in the image and content", health.returncode == 0)


def prove_content(url, content):
    write_entry(content, "Vier jaar.")
    seconds = wait_until(
        lambda: "Vier jaar." in ask(url, NOBODY, "Hoe lang is een certificaat geldig?"), 120
    )
    say(
        f"an answer edited beside the container is told {seconds:.0f} s later, without a build",
        shown=True,
    )


def prove_stop(number):
    peak = inside(
        number,
        "cat /sys/fs/cgroup/memory/memory.max_usage_in_bytes /sys/fs/cgroup/memory.peak 2>/dev/null",
    )
    if number_of_bytes := re.match(r"\d+", peak.stdout):
        print(
            f"     most memory, with what the kernel caches of files: {int(number_of_bytes[0]) // 10**6} MB"
        )
    begun = time.monotonic()
    run("podman", "stop", "--time=15", number)
    state = json.loads(run("podman", "inspect", number).stdout)[0]["State"]
    say(
        f"SIGTERM ends it with {state['ExitCode']} after {time.monotonic() - begun:.1f} s",
        (state["ExitCode"], state["OOMKilled"]) == (0, False),
    )


def prove_move(copy, content):
    """The copy, on standard input of another container with an empty volume."""
    with new_volume() as volume:
        with copy.open("rb") as file:
            done = podman(
                *(
                    "run",
                    "--rm",
                    "--interactive",
                    "--env=HOST=127.0.0.1",
                    f"--volume={volume}:/data",
                    IMAGE,
                ),
                *("python", "app.py", "restore", "-"),
                stdin=file,
            )
        say("its backup is restored into an empty volume", "1 subscribed" in done.stdout)
        with container(volume, content) as (_, url):
            wait_until(lambda: healthy(url))
            say(
                "and another container goes on from it",
                "staan aan" in ask(url, NOBODY, "mijn abonnement"),
            )


def prove_registered(content):
    with new_volume() as volume:
        with container(volume, content, HOST="0.0.0.0", **REGISTERED) as (_, url):
            wait_until(lambda: healthy(url))
            say("with the settings of Teams a stranger gets 401", status_of_a_stranger(url) == 401)
        refused = podman("run", "--rm", "--env=HOST=0.0.0.0", IMAGE, check=False)
        say("settings that it refuses end it with 2", refused.returncode == 2)


def main():
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    content = write_content(folder / "content")
    try:
        with new_volume() as volume:
            with container(volume, content) as (number, url):
                prove_answers(number, url)
                prove_what_it_may(number)
                prove_content(url, content)
                done = inside(number, "cd /app && python app.py backup /data/copy.sqlite3")
                run("podman", "cp", f"{number}:/data/copy.sqlite3", folder)
                say("a backup in /data, copied out while it runs", done.returncode == 0)
                prove_stop(number)
            prove_move(folder / "copy.sqlite3", content)
        prove_registered(content)
    finally:
        shutil.rmtree(folder)


def enter():
    """In a mount table of its own without the second kind of cgroups, which crun takes for a mistake."""
    if os.path.ismount("/sys/fs/cgroup/unified"):
        script = 'umount /sys/fs/cgroup/unified && exec "$@"'
        command = ["unshare", "--mount", "sh", "-c", script, "sh", sys.executable, *sys.argv]
        raise SystemExit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    enter()
    main()

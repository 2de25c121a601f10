"""scripts/install: what a newcomer meets when something is missing, and nothing the second time."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.support import ROOT


@pytest.fixture
def install(tmp_path):
    """The script in a folder of its own, with only the tools that every Debian has."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "install", tmp_path / "scripts")
    (tmp_path / "requirements.txt").write_text("", "utf-8")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "cmp", "cp", "rm"):
        (tools / name).symlink_to(shutil.which(name))

    def install(**environment):
        return subprocess.run(
            [tmp_path / "scripts" / "install"],
            env={"PATH": str(tools), **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    install.folder, install.tools = tmp_path, tools
    return install


def test_without_a_python_that_fits_it_says_which_one(install):
    old = install.tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    old.chmod(0o755)
    done = install()

    assert done.returncode == 1
    assert done.stderr.startswith("ladderbot: Python 3.11, 3.12 or 3.13 is needed")
    assert len(done.stderr.splitlines()) == 1


def test_a_venv_that_cannot_be_made_leaves_nothing_half(install):
    python = install.tools / "python3"
    python.write_text('#!/bin/sh\n[ "$1" = -m ] && exit 1\nexit 0\n', "utf-8")
    python.chmod(0o755)
    done = install()

    assert done.returncode == 1
    assert "python3-venv" in done.stderr.splitlines()[-1]
    assert not (install.folder / ".venv").exists()


def test_a_read_only_folder_is_one_sentence(install):
    python = install.tools / "python3"
    python.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    python.chmod(0o755)
    # Root may write everywhere, and others may not look into pytest's folder: so nobody, elsewhere.
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(install.folder, f"{folder}/project", symlinks=True)
        Path(folder).chmod(0o755)
        Path(f"{folder}/project").chmod(0o555)
        done = subprocess.run(
            [f"{folder}/project/scripts/install"],
            env={"PATH": f"{folder}/project/bin"}, capture_output=True, text=True, check=False,
            user=65_534 if os.geteuid() == 0 else None,
        )  # fmt: skip
        Path(f"{folder}/project").chmod(0o755)

    assert done.returncode == 1
    assert done.stderr.startswith("ladderbot: this folder is read-only")
    assert len(done.stderr.splitlines()) == 1


def test_the_second_time_it_does_nothing(install):
    (install.folder / ".venv").mkdir()
    shutil.copy(
        install.folder / "requirements.txt",
        install.folder / ".venv" / "installed-requirements.txt",
    )
    done = install()

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_holds_hashes_and_no_address(name):
    lock = (ROOT / name).read_text("utf-8")

    assert "://" not in lock
    assert "--index-url" not in lock
    for block in lock.split("\n\n")[0].split("\n"):
        assert "==" in block or block.strip().startswith(("--hash=", "#")) or not block.strip()

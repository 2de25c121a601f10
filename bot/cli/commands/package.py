"""`package`: the Teams app package, built from the settings."""

import argparse
from pathlib import Path
from urllib.parse import urlsplit

from bot.cli import package
from bot.cli.command import Exit, Runtime, refuse
from bot.content.live import read_texts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the zip goes."""
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder (default: dist)")


def run(arguments: argparse.Namespace, runtime: Runtime) -> int:
    """Write the zip, or tell which settings it needs."""
    settings, version = runtime.settings(), package.version(runtime.root)
    try:
        zipped = package.pack(settings, read_texts(runtime.root, settings), version)
    except package.CannotPackError as error:
        return refuse(str(error))
    folder: Path = arguments.out or runtime.root / "dist"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / package.FILE
    file.write_bytes(zipped)
    print(f"{file}: version {version}, {len(zipped)} bytes")
    host = urlsplit(settings.public_url).hostname or ""
    if not package.is_own_domain(host):
        print(f"{host} is a shared or a test domain, so it was left out of validDomains.")
    print("Upload it in Teams: Apps, Manage your apps, Upload an app (docs/install.md).")
    return Exit.OK

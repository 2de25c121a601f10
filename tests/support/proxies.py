"""The configuration of the shipped proxies."""

import yaml

from tests.support import ROOT


def caddyfile():
    """What Caddy gets at the first start in Azure; `{{host}}` is filled in there."""
    cloud = yaml.safe_load((ROOT / "deploy" / "cloud-init.yaml").read_text("utf-8"))
    return next(f["content"] for f in cloud["write_files"] if f["path"].endswith("Caddyfile"))

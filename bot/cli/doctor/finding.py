"""The result of one check, and how it is printed."""

from dataclasses import dataclass
from typing import Literal

import aiohttp

TIMEOUT = aiohttp.ClientTimeout(total=10)
"""Seconds for one request of a check."""

State = Literal["ok", "warning", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check: what was checked, how it is, the details, and what to do about it."""

    subject: str
    state: State
    detail: str
    remedy: str = ""

    def __str__(self) -> str:
        """As it is printed: one line, and the remedy below it."""
        state = self.state if self.state == "ok" else self.state.upper()
        line = f"{state:7} {self.subject}: {self.detail}"
        return f"{line}\n        {self.remedy}" if self.remedy else line


def why(error: Exception) -> str:
    """The reason of a failed request, in a word or two."""
    if isinstance(error, aiohttp.ClientResponseError):
        return f"status {error.status}"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        reason = getattr(error.certificate_error, "verify_message", "")
        return str(reason) or type(error).__name__
    return type(error).__name__

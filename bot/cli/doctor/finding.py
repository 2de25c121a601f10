"""What an examination finds, and how it is printed."""

from dataclasses import dataclass
from typing import Literal

import aiohttp

TIMEOUT = aiohttp.ClientTimeout(total=10)

State = Literal["ok", "look", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: how it stands, and how to mend it."""

    what: str
    state: State
    says: str
    mend: str = ""

    def __str__(self) -> str:
        """As it is printed: one line, and the mend below it."""
        line = f"{self.state.upper() if self.state != 'ok' else 'ok':7} {self.what}: {self.says}"
        return f"{line}\n        {self.mend}" if self.mend else line


def why(error: Exception) -> str:
    """The reason of a failed request, in a word or two."""
    if isinstance(error, aiohttp.ClientResponseError):
        return f"status {error.status}"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        reason = getattr(error.certificate_error, "verify_message", "")
        return str(reason) or type(error).__name__
    return type(error).__name__

"""How one part of the bot is doing, for `/readyz` and `doctor`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a part works, and what an operator should know of it."""

    ok: bool
    detail: str = ""

    def __str__(self) -> str:
        """As `/readyz` shows it: `ok`, `ok, 86 entries`, or what is wrong."""
        if not self.ok:
            return self.detail
        return f"ok, {self.detail}" if self.detail else "ok"

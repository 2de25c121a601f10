"""What stands in the place of the reminders where nothing can be sent."""

from bot.figures import Figure
from bot.health import Health
from bot.page import Page


class NoReminders:
    """The reminders of a bot whose database cannot be written: nothing goes out, for no row can be written."""

    def __init__(self, why: str) -> None:
        """Say `why` to whoever asks."""
        self._why = why

    async def beat(self) -> None:
        """Plan and send nothing."""

    async def alive(self) -> None:
        """Say nothing: nobody can be told."""

    async def clean(self) -> None:
        """Remove nothing."""

    def figures(self) -> list[Figure]:
        """None: nothing is known."""
        return []

    async def health(self) -> Health:
        """That the store cannot be written, and why."""
        return Health(ok=False, detail=f"not writable: {self._why}")

    def sending(self) -> Health:
        """That nothing is sent is told of the store already."""
        return Health(ok=True, detail="nothing is sent")

    async def feed(self) -> Page | None:
        """No page: which version of a meeting was shown before is not known."""
        return None

    async def stop(self) -> None:
        """Stop nothing."""

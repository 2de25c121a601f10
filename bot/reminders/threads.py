"""Where the reminders touch the store: in one thread, so that the event loop never waits for it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

T = TypeVar("T")


class InThread(Protocol):
    """Does something in the one thread that may touch the reminders' connection."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]:
        """The result of `work`, later."""
        ...


@contextmanager
def one_thread(name: str) -> Iterator[InThread]:
    """A thread of its own; on the way out what is under way in it is finished."""
    executor = ThreadPoolExecutor(1, thread_name_prefix=name)

    def in_thread(work: Callable[[], T]) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(executor, work)

    try:
        yield in_thread
    finally:
        executor.shutdown()

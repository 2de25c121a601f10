"""Work for one worker, in a fair order: who asks much waits for who asks little."""

import asyncio
import heapq
import itertools
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

MEMBER_WAITING = 8
"""Messages of one member that may wait at the same time; whoever types does not get there."""
CONVERSATION_WAITING = 40
"""And of one conversation, whoever sends them."""
ACCOUNTS_MAX = 2_000
"""Members and conversations whose turn is remembered; those that are served long ago go first."""


class TooMuchError(Exception):
    """More waits already of this member, or in this conversation, than may."""


@dataclass(frozen=True, slots=True, order=True)
class _Work:
    turn: int
    number: int
    do: Callable[[], Any] = field(compare=False)
    result: "asyncio.Future[Any]" = field(compare=False)


class FairWorker:
    """Gives an executor one thing at a time to do.

    Every member and every conversation has an account of turns, and each piece of work costs both a
    turn: the next is what has the lowest (start-time fair queueing, Goyal, Vin and Cheng 1996). So a
    thousand messages of one member, in one conversation or in many, and a thousand in one
    conversation, of one member or of many, go before one message of somebody else at most once.
    """

    def __init__(self, executor: Executor) -> None:
        """Work in `executor`."""
        self._executor = executor
        self._waiting: list[_Work] = []
        self._counts: Counter[str] = Counter()
        self._turns: dict[str, int] = {}
        self._now = 0
        self._busy = False
        self._numbers = itertools.count()

    def run(
        self, member: str, conversation: str, do: Callable[[], T], *, bounded: bool = True
    ) -> "asyncio.Future[T]":
        """Do this when it is its turn; what is cancelled before that is never begun.

        Args:
            member: who asks; may be empty.
            conversation: where.
            do: what to do, in the executor.
            bounded: whether it may be refused.

        Raises:
            TooMuchError: where too much is waiting already.
        """
        accounts = {f"m{member}": MEMBER_WAITING} if member else {}
        accounts[f"c{conversation}"] = CONVERSATION_WAITING
        if bounded and any(self._counts[name] >= most for name, most in accounts.items()):
            raise TooMuchError
        turn = 1 + max(self._now, *(self._turns.get(name, 0) for name in accounts))
        self._turns.update(dict.fromkeys(accounts, turn))
        self._counts.update(accounts.keys())
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        result.add_done_callback(lambda _: self._count_down(accounts))
        heapq.heappush(self._waiting, _Work(turn, next(self._numbers), do, result))
        self._next()
        return result

    def _count_down(self, accounts: dict[str, int]) -> None:
        self._counts.subtract(accounts.keys())
        for name in accounts:
            if self._counts[name] <= 0:
                del self._counts[name]
                # Whoever is served and far behind again needs no account.
                if self._turns.get(name, 0) <= self._now or len(self._turns) > ACCOUNTS_MAX:
                    self._turns.pop(name, None)

    def _next(self) -> None:
        while not self._busy and self._waiting:
            work = heapq.heappop(self._waiting)
            self._now = max(self._now, work.turn)
            if work.result.done():
                continue
            self._busy = True
            try:
                done = asyncio.get_running_loop().run_in_executor(self._executor, work.do)
            except RuntimeError as error:
                # The executor is shut down: the bot stops.
                self._busy = False
                work.result.set_exception(error)
                continue
            done.add_done_callback(lambda done, work=work: self._end(work, done))  # type: ignore[misc]

    def _end(self, work: _Work, done: "asyncio.Future[Any]") -> None:
        self._busy = False
        error = None if done.cancelled() else done.exception()
        if work.result.done():
            pass
        elif done.cancelled():
            work.result.cancel()
        elif error is not None:
            work.result.set_exception(error)
        else:
            work.result.set_result(done.result())
        self._next()

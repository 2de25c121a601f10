"""Who asks much waits for who asks little; the order is counted, not timed."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.fair import CONVERSATION_WAITING, MEMBER_WAITING, FairWorker, TooMuchError


class Bench:
    """A fair worker whose work waits until it is let go; `order` holds the names as they were done."""

    def __init__(self, executor):
        self.worker, self.order, self.go = FairWorker(executor), [], threading.Event()

    def ask(self, name, member, conversation, **more):
        def do():
            self.go.wait(10)
            self.order.append(name)
            return name

        return self.worker.run(member, conversation, do, **more)


@pytest.fixture
def bench():
    with ThreadPoolExecutor(1) as executor:
        bench = Bench(executor)
        yield bench
        bench.go.set()


def flood_of_one_member_in_one_chat(number):
    return "anna", "a"


def flood_of_one_member_in_many_chats(number):
    return "anna", f"group-{number}"


def flood_of_many_members_in_one_chat(number):
    return f"member-{number}", "group"


FLOODS = [
    flood_of_one_member_in_one_chat,
    flood_of_one_member_in_many_chats,
    flood_of_many_members_in_one_chat,
]


@pytest.mark.parametrize("flood", FLOODS)
async def test_another_member_waits_for_two_of_a_flood_at_most(bench, flood):
    asked, refused = [], 0
    for number in range(200):
        try:
            asked.append(bench.ask("flood", *flood(number)))
        except TooMuchError:
            refused += 1
    others = [bench.ask("other", "bas", "b"), bench.ask("other", "cas", "c")]
    bench.go.set()
    await asyncio.gather(*asked, *others)

    # One is under way, and one came before at the same turn; then both others.
    assert bench.order[:4].count("other") == 2
    assert refused >= 200 - CONVERSATION_WAITING


async def test_also_while_the_flood_goes_on(bench):
    """For every message of another member at most two of the flood go before."""
    bench.go.set()
    before = []
    for _ in range(50):
        asked = [bench.ask("flood", "anna", f"group-{number}") for number in range(MEMBER_WAITING)]
        begun = len(bench.order)
        await bench.ask("other", "bas", "b")
        before.append(bench.order[begun:].index("other"))
        await asyncio.gather(*asked)

    assert max(before) <= 2


async def test_what_one_member_may_have_waiting_is_bounded_and_frees_itself(bench):
    asked = [bench.ask("x", "anna", "a") for _ in range(MEMBER_WAITING)]
    with pytest.raises(TooMuchError):
        bench.ask("x", "anna", "another")
    bench.go.set()
    await asyncio.gather(*asked)
    await bench.ask("x", "anna", "a")

    assert len(bench.order) == MEMBER_WAITING + 1


async def test_the_bots_own_coming_and_going_is_never_refused(bench):
    asked = [bench.ask("x", "anna", "a", bounded=False) for _ in range(50)]
    bench.go.set()

    assert len(await asyncio.gather(*asked)) == 50


async def test_what_is_cancelled_before_its_turn_is_never_begun_and_makes_room(bench):
    first, *others = [bench.ask(str(n), "anna", "a") for n in range(MEMBER_WAITING)]
    for other in others:
        other.cancel()
    await asyncio.sleep(0)
    last = bench.ask("last", "anna", "a")
    bench.go.set()
    await asyncio.gather(first, last)

    assert bench.order == ["0", "last"]


async def test_what_breaks_breaks_for_who_asked_and_the_next_goes_on():
    def breaks():
        raise ValueError("x")

    with ThreadPoolExecutor(1) as executor:
        worker = FairWorker(executor)
        broken, fine = worker.run("anna", "a", breaks), worker.run("anna", "a", lambda: "fine")
        with pytest.raises(ValueError, match="x"):
            await broken
        assert await fine == "fine"


async def test_when_the_executor_is_shut_down_nobody_waits_for_ever():
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(RuntimeError):
        await FairWorker(executor).run("anna", "a", lambda: "x")

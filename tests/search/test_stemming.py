"""Word stems from several threads: PyStemmer's object must not be called by two at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor

from faq.search.stemming import StemmerPool, dutch


class Exclusive:
    """A stemmer that waits until another call is under way too, and notices a second call to itself."""

    def __init__(self, both):
        self._both, self._busy, self.shared = both, threading.Lock(), False

    def __call__(self, words):
        if not self._busy.acquire(blocking=False):
            self.shared = True
        else:
            self._both.wait()
            self._busy.release()
        return list(words)


def test_two_threads_never_share_a_stemmer():
    both = threading.Barrier(2, timeout=10)
    stemmers = []

    def make():
        stemmers.append(Exclusive(both))
        return stemmers[-1]

    pool = StemmerPool(make)
    with ThreadPoolExecutor(2) as threads:
        for _ in range(50):
            assert list(threads.map(pool.stem, [["kost"], ["ladder"]])) == [["kost"], ["ladder"]]

    assert [stemmer.shared for stemmer in stemmers] == [False, False]


def test_a_stemmer_that_is_free_is_used_again():
    pool = StemmerPool(iter([dutch()]).__next__)

    for _ in range(3):
        assert pool.stem(["kosten", "geldige"]) == ["kost", "geld"]

"""Question → matches."""

from collections.abc import Iterator

from faq.errors import Problem
from faq.files import Content
from faq.matches import Found


class Index:
    """What a question is held against; built from the content, never changed."""

    def search(self, question: str, *, previous: str = "") -> Found:
        """See `faq.matches.Search`."""
        raise NotImplementedError

    def explain(self, question: str) -> str:
        """In words: which features spoke for which match."""
        raise NotImplementedError


def build(content: Content) -> Index:
    """Train the index on phrasings, answers and example questions; the same content, the same index."""
    raise NotImplementedError


def problems(content: Content) -> Iterator[Problem]:
    """What `check` says of phrasings that lead elsewhere, or are found poorly."""
    raise NotImplementedError

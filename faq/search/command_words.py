"""Whether a message has a word that no command is asked with: then it most likely asks for something else."""

from collections.abc import Iterable, Mapping

from faq.entries import normalized
from faq.files import Content
from faq.sentences import SAME_LETTERS, has_word
from faq.tokens import folded

WORD_MIN = 5
"""Letters of a word that says what a message is about; shorter ones are small words and slips of the pen."""
STEM_MIN = 7
"""Letters of a known word that a longer one may begin with: `herinneringslijst`."""


class CommandWords:
    """The words of the examples of all commands, and of the organiser's own content."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Know the words of these texts."""
        words = {word for text in texts for word in normalized(folded(text)).split()}
        known: dict[str, list[str]] = {}
        for word in sorted(words):
            known.setdefault(word[:SAME_LETTERS], []).append(word)
        self._known: Mapping[str, list[str]] = known

    @classmethod
    def of(cls, content: Content) -> "CommandWords":
        """Learn from the examples that lead to a command, the entries and the names of the meetings."""
        texts = [e.question for e in content.examples if e.expected.startswith("@")]
        for entry in content.knowledge.entries.values():
            texts += [phrasing for phrasing, _ in entry.phrasings]
            texts += [text for _, text in entry.answer.written()]
        for series in content.calendar.series:
            texts += [text for _, text in series.title.written()]
        return cls(texts)

    def strange(self, question: str) -> list[str]:
        """The words of a message that no command is asked with; nothing where nothing was learned."""
        words = dict.fromkeys(normalized(folded(question)).split())
        return [word for word in words if self._known and self._is_strange(word)]

    def _is_strange(self, word: str) -> bool:
        if len(word) < WORD_MIN or not word.isalpha():
            return False
        near = self._known.get(word[:SAME_LETTERS], [])
        if has_word(near, word) or any(len(w) >= STEM_MIN and word.startswith(w) for w in near):
            return False
        return not any(_is_slip(word, other) for group in self._known.values() for other in group)


def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is wrong, too many, lacking, or two that changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if same is None:
        return True
    a, b = one[same:], other[same:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or swapped

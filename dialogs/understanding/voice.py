"""What speech leaves in a message that was dictated: hesitation, and marks said aloud."""

import re

_HESITATION = re.compile(r"(?<!\w)(?:e+h+m?|u+h+m?|euh+)(?!\w)[ \t]*,?[ \t]*", re.IGNORECASE)
_SAID_COMMA = re.compile(r"(?<!\d)(?<!\been)(?<!\bde)\s{1,3}komma\s{1,3}(?=[^\W\d])", re.IGNORECASE)
_SAID_STOP = re.compile(
    r"(?<!\been)(?<!\bhet)(?<!\bdit)(?<!\bdat)\s{1,3}(?:punt|uitroepteken|full stop)\W*\Z",
    re.IGNORECASE,
)


def without_hesitation(text: str) -> str:
    """A text without its `eh` and `uhm`; where it has them, a full stop or a comma said aloud is a mark."""
    left = _HESITATION.sub("", text)
    if left == text or not re.search(r"\w", left):
        return text
    return _SAID_STOP.sub("", _SAID_COMMA.sub(", ", left))

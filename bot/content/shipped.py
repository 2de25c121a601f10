"""The example questions that ship with the bot: what nobody here can answer, and how people type its commands.

They belong to the bot and not to a community, whose content may be new and small.
"""

from pathlib import Path

from dialogs import commands
from faq import examples
from faq.examples import Example

EXAMPLES = Path(__file__).resolve().parents[2] / "dialogs" / "examples"


def shipped_examples() -> list[Example]:
    """All of them; read anew each time, for between two readings nothing needs them.

    Raises:
        ValueError: where a file is wrong, which is a fault of the bot and not of an organiser.
    """
    raw = {path.name: path.read_bytes() for path in EXAMPLES.glob("*.tsv")}
    read, problems = examples.parse(raw, (), commands.ids())
    if problems:
        raise ValueError(str(problems[0]))
    return read

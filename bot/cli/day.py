"""A day as the command line takes it."""

import argparse
from datetime import date


def day(text: str) -> date:
    """A day as the command line takes it: 2027-06-30.

    Raises:
        argparse.ArgumentTypeError: for anything else.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"invalid day value: {text!r}; write it as 2027-06-30"
        ) from None

"""The content that another community starts from: three answers, a monthly meeting, and what to change."""

from datetime import date, timedelta
from pathlib import Path

STARTER = Path(__file__).resolve().parent / "starter_content"
REVIEW_AFTER = timedelta(days=180)
TUESDAY, SECOND_FROM = 1, 8
"""The second Tuesday of a month is the one from the 8th on."""
AHEAD = timedelta(days=14)
"""The first meeting is far enough for its reminder of a week before."""


def write_starter(folder: Path, today: date) -> None:
    """Write the files into `folder`, with days that follow from `today`.

    Raises:
        OSError: where that cannot be done; FileExistsError where something is there already.
    """
    days = {
        "{today}": today.isoformat(),
        "{review}": (today + REVIEW_AFTER).isoformat(),
        "{starts}": f"{first_meeting(today + AHEAD)}T10:00:00",
    }
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(17, "it holds something already")
    for file in sorted(STARTER.rglob("*.t[os]*")):
        text = file.read_text("utf-8")
        for name, day in days.items():
            text = text.replace(name, day)
        to = folder / file.relative_to(STARTER)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, "utf-8")


def first_meeting(day: date) -> date:
    """The first second Tuesday of a month on or after `day`."""
    while day.weekday() != TUESDAY or not SECOND_FROM <= day.day < SECOND_FROM + 7:
        day += timedelta(days=1)
    return day

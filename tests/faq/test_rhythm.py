"""How often a series is held, as its rule says it."""

import pytest

from faq.rhythm import Rhythm, rhythm


@pytest.mark.parametrize(
    ("rule", "is_"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU", Rhythm("month", 1, 1, 2)),
        ("FREQ=MONTHLY;BYDAY=-1TH", Rhythm("month", 1, 3, -1)),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO;UNTIL=20271231T235959", Rhythm("month", 2, 0, 1)),
        ("FREQ=MONTHLY;BYDAY=WE;BYSETPOS=3", Rhythm("month", 1, 2, 3)),
        ("freq=weekly;byday=fr;interval=2", Rhythm("week", 2, 4)),
        ("FREQ=WEEKLY;BYDAY=MO,TH", None),
        ("FREQ=MONTHLY;BYMONTHDAY=15", None),
        ("FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,3", None),
        ("FREQ=DAILY;COUNT=1", None),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=1", None),
        ("FREQ=YEARLY;BYDAY=1MO", None),
    ],
)
def test_a_rule_is_a_rhythm_only_where_one_sentence_says_it(rule, is_):
    assert rhythm(rule) == is_

from __future__ import annotations

import pytest

from tcf_desktop.domain.recurrence import parse_rule
from tcf_desktop.domain.recurrence_text import in_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=1", "every 3 days once"),
        ("FREQ=WEEKLY;BYDAY=MO", "every week on Monday"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20261231",
            "every 2 weeks on Mon and Thu until 2026-12-31",
        ),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every week from Monday to Friday"),
        ("FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tuesday"),
        ("FREQ=MONTHLY;BYDAY=1MO,-1FR", "every month on the first Mon and the last Fri"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last workday"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,-1;COUNT=5", "every month on day 15 and the last one 5 times"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "every month on day 3 from the end"),
        (
            "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
            "every year on the last Sunday in March and October",
        ),
        ("FREQ=YEARLY;BYDAY=20MO", "every year on the 20th Monday"),
        ("FREQ=YEARLY;BYWEEKNO=20", "every year by a rule of its own"),
    ],
)
def test_rule_is_said_in_plain_words(rule: str, words: str) -> None:
    assert in_words(parse_rule(rule)) == words

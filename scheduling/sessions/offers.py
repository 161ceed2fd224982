"""How long an offered place is held for its next taker, who serves or who is served.

| the session begins in | they have | because |
|---|---|---|
| more than 3 days | 24 h | a message is read within a day by nearly everybody, and days remain for the next |
| more than a day | 4 h | half a day's errands; three more can still be asked before evening |
| more than 2 hours | 1 h | who can come at such short notice looks at the phone within the hour |
| less | 20 min | time for one or two to be asked and still get there |

Who sleeps is not passed over: what would end in the night ends in the morning. No offer outlasts the session's
beginning.
"""

from __future__ import annotations

import datetime as dt

from hub import clock

LIMITS = (
    (dt.timedelta(days=3), dt.timedelta(hours=24)),
    (dt.timedelta(days=1), dt.timedelta(hours=4)),
    (dt.timedelta(hours=2), dt.timedelta(hours=1)),
    (dt.timedelta(0), dt.timedelta(minutes=20)),
)
"""(more than this before the session begins, time to answer)"""
NIGHT = (22, 8)
MORNING = 9
"""Hours of local time: nobody need answer from ten to eight; what would end then ends at nine."""


def answer_by(*, starts_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    ahead = starts_at - now
    end = now + next(limit for more_than, limit in LIMITS if ahead > more_than)
    return min(not_at_night(end), starts_at)


def not_at_night(moment: dt.datetime) -> dt.datetime:
    """The moment itself, or the morning after the night it falls into."""
    local = clock.local(moment)
    if NIGHT[1] <= local.hour < NIGHT[0]:
        return moment
    return clock.at(local.date() + dt.timedelta(days=1 if local.hour >= NIGHT[0] else 0), MORNING * 60)

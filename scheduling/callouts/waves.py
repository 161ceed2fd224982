"""How many are asked at once, and how long they have before others are asked besides.

The nearer the session, the more are asked at once and the shorter the pause: with days left, few are bothered and
everybody has an evening to answer; with an hour left, most who could come are already somewhere else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Wave:
    over: dt.timedelta
    """Holds while more than this is left."""
    people: int
    """Asked for each place that is open."""
    pause: dt.timedelta
    """Before the next wave, unless all have said no or were not reached."""


WAVES = (
    # Everybody looks at the telephone within half a day; three are enough for one yes, most times.
    Wave(72 * HOUR, 3, 12 * HOUR),
    # Who is asked in the morning has answered by the afternoon.
    Wave(24 * HOUR, 3, 4 * HOUR),
    # Today or early tomorrow: an hour to see it and ask at home.
    Wave(6 * HOUR, 4, HOUR),
    # People have to finish something and set out.
    Wave(2 * HOUR, 6, 20 * MINUTE),
    # The way alone takes up to an hour: who doesn't answer within minutes won't be there in time.
    Wave(dt.timedelta(0), 10, 8 * MINUTE),
)
LONGEST_PAUSE = WAVES[0].pause


def wave_with(left: dt.timedelta) -> Wave:
    """The row for so much time left."""
    return next((wave for wave in WAVES if left > wave.over), WAVES[-1])


def pause_with(left: dt.timedelta) -> dt.timedelta:
    """A pause never reaches far into a nearer row: there its own pause holds."""
    at = WAVES.index(wave_with(left))
    wave, nearer = WAVES[at], WAVES[min(at + 1, len(WAVES) - 1)]
    return min(wave.pause, max(left - wave.over, dt.timedelta(0)) + nearer.pause)

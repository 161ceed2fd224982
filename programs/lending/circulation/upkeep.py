"""What time brings about: books not fetched go to the next, books follow their child's session, none is due while its
site is closed, families are told."""

from __future__ import annotations

from django.db import transaction

from hub import clock
from programs.lending.circulation.announce import remind, tell_of_holds
from programs.lending.circulation.copies import lock_title
from programs.lending.circulation.following import holds_to_follow
from programs.lending.circulation.holds import expire_hold, follow_session
from programs.lending.circulation.lines import serve_line
from programs.lending.circulation.loans import loans_to_put_off, put_off
from programs.lending.circulation.models import Hold
from programs.lending.circulation.news import tell
from programs.lending.models import Copy

MORNING = 9
"""Nobody is reminded before."""


def look() -> int:
    """How much there was to do."""
    done = sum(follow_session(hold=pk) for pk in holds_to_follow())
    done += sum(expire_hold(hold=pk) for pk in _not_fetched())
    done += sum(serve_waiting(title=pk) for pk in _left_unserved())
    done += sum(put_off(loan=pk) for pk in loans_to_put_off())
    done += tell_of_holds()
    return done + (remind() if clock.local(clock.now()).hour >= MORNING else 0)


@transaction.atomic
def serve_waiting(*, title: int) -> int:
    """Copies that came free where nobody looked: added, mended, found."""
    served = serve_line(lock_title(title))
    tell(holds=served)
    return len(served)


def _not_fetched() -> list[int]:
    late = Hold.objects.filter(state=Hold.State.READY, fetch_by__lt=clock.today())
    return list(late.order_by("pk").values_list("pk", flat=True))


def _left_unserved() -> list[int]:
    free = Copy.objects.filter(state=Copy.State.ON_SHELF).values("title")
    waiting = Hold.objects.filter(state=Hold.State.WAITING, title__in=free).order_by("title")
    return list(waiting.values_list("title", flat=True).distinct())

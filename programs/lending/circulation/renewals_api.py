"""/api/renewals/TOKEN: letting the books of one message stay longer. No sign-in, so guessing is made slow."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from hub.access.guessing import by_token
from hub.access.operations import anyone
from programs.lending.circulation.family import judged
from programs.lending.circulation.links import find_link, renew_all
from programs.lending.circulation.models import RenewLink
from programs.lending.circulation.schemas import RenewalOut, RenewalsOut, refusal_out

router = Router()


def _page(link: RenewLink) -> RenewalsOut:
    """The books alone: whoever reads the message knows whose they are."""
    return RenewalsOut(
        loans=[
            RenewalOut(
                book=one.loan.copy.title.name,
                due_on=one.loan.due_on,
                renewed=one.loan.renewals > 0,
                not_renewable=refusal_out(one.not_renewable),
            )
            for one in judged(link.loans.filter(ended=""))
        ]
    )


@router.get("/renewals/{token}", response=RenewalsOut, auth=anyone)
def get_renewals(request: HttpRequest, token: str) -> RenewalsOut:
    return _page(by_token(request, token, find_link))


@router.post("/renewals/{token}", response=RenewalsOut, auth=anyone)
def post_renewals(request: HttpRequest, token: str) -> RenewalsOut:
    link = by_token(request, token, find_link)
    renew_all(link)
    return _page(link)

"""Signing in by phone and code. The code travels by the outbox like every message.

Whether a number is known here shows nowhere: both get the same answers, only one gets a message.
"""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.headless.account.views import ConfirmLoginCodeView
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from hub.access.guessing import address_of
from hub.errors import Refused
from hub.notify import outbox
from hub.people.me import sign_out
from hub.people.models import Person, User, phone_key
from hub.people.phones import parse_phone
from hub.sealed import keyed_hash

DIGITS = 6
WELCOME_KEY = "new_number"
NEW_NUMBERS, WINDOW = 10, 60 * 60


def welcome_new_number(request: HttpRequest) -> None:
    """The next number this browser asks a code for may be one that nobody here has: somebody starts a family. One
    number; an address gets so many an hour. Refused("too_many")."""
    key = f"new-numbers:{keyed_hash('address', address_of(request))}"
    cache.add(key, 0, WINDOW)
    if cache.incr(key) > NEW_NUMBERS:
        raise Refused("too_many", minutes=WINDOW // 60)
    request.session[WELCOME_KEY] = ""


def _is_welcome(request: HttpRequest, key: str) -> bool:
    welcome = request.session.get(WELCOME_KEY)
    if welcome == "":
        request.session[WELCOME_KEY] = welcome = key
    return bool(welcome == key)


class PhoneInput(forms.CharField):
    """A phone number as people write it."""

    def clean(self, value: Any) -> str:
        try:
            return parse_phone(super().clean(value))
        except Refused as refused:
            raise ValidationError(refused.code, code=refused.code) from None


class ConfirmCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """Counts tries where they can be counted at once. The library counts in the session, which requests that come
    together read and write over one another: a code would stand as many guesses as fit into one moment."""

    def get_input_kwargs(self) -> dict[str, Any]:
        known: dict[str, Any] = super().get_input_kwargs()
        asked_at = str(self.process.state["at"])
        key = keyed_hash("sign_in_tries", self.request.session.session_key, asked_at)
        cache.add(key, 0, timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        spent = cache.incr(key) > settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
        return known | {"code": ""} if spent else known


class PhoneAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """An account exists for every phone number that a person has; it is made when first used."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def phone_form_field(self, **kwargs: Any) -> PhoneInput:
        return PhoneInput(max_length=40, **kwargs)

    def logout(self, request: HttpRequest) -> None:
        sign_out(request)

    def get_user_by_phone(self, phone: str) -> User | None:
        key = phone_key(phone)
        if not Person.objects.filter(phone_key=key).exists() and not _is_welcome(context.request, key):
            return None
        return User.objects.for_phone(phone)

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return user.phone, True

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        """A number changes with the persons behind it (hub.people.persons), never through the account."""
        raise NotImplementedError

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """A number is verified by the code that reached it; there is nothing more to store."""

    def generate_phone_verification_code(self, *, user: Any, phone: str) -> str:
        return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        with transaction.atomic():
            outbox.queue(
                to_id=None,
                phone=phone,
                template="sign_in_code",
                variables={"code": code},
                dedupe_key=f"sign_in_code:{uuid.uuid4()}",
            )

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Nothing goes to a number nobody here has: it would tell who is known, and cost."""

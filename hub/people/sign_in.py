"""Signing in by phone and code. The code travels by the outbox like every message."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError

from hub.errors import Refused
from hub.notify import outbox
from hub.people.models import Person, User, phone_key
from hub.people.phones import parse_phone


class PhoneAdapter(DefaultAccountAdapter):
    """An account exists for every phone number that a person has; it is made when first used."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def clean_phone(self, phone: str) -> str:
        try:
            return parse_phone(phone)
        except Refused as refused:
            raise ValidationError(refused.code, code=refused.code) from None

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            phone = parse_phone(phone)
        except Refused:
            return None
        if not Person.objects.filter(phone_key=phone_key(phone)).exists():
            return None
        return User.objects.for_phone(phone)

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return user.phone, True

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        user.phone, user.phone_key = phone, phone_key(phone)
        user.save(update_fields=["phone", "phone_key"])

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """A number is verified by the code that reached it; there is nothing more to store."""

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        outbox.queue(
            to_id=None,
            phone=phone,
            template="sign_in_code",
            variables={"code": code},
            dedupe_key=f"sign_in_code:{uuid.uuid4()}",
        )

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Nothing goes to a number nobody here has: it would tell who is known, and cost."""

"""Phone numbers as people write them, brought to one form."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

from hub.errors import Refused

# Twelve digits are no number in China's plan: workbooks of invented people use them, and no channel ever dials one.
INVENTED = re.compile(r"199\d{9}")
FROM_CHINA = re.compile(r"^(\+|00)86")


def parse_phone(text: str) -> str:
    """`138 1234-5678`, `+86 138...` or full-width digits as `13812345678`. Refused("not_a_phone") otherwise.

    Mobile numbers only: a phone is what a person signs in with and is reached by.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = re.sub(r"[\s\-()·.]", "", plain)
    if INVENTED.fullmatch(invented := FROM_CHINA.sub("", digits)):
        return invented
    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        raise Refused("not_a_phone") from None
    national = str(number.national_number)
    if number.country_code != 86 or not re.fullmatch(r"1[3-9]\d{9}", national):
        raise Refused("not_a_phone")
    return national


def is_invented(phone: str) -> bool:
    return INVENTED.fullmatch(phone) is not None

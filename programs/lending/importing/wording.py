"""What is said of a record, in the reader's language: what is wrong, and what to do."""

from __future__ import annotations

from django.utils.translation import gettext

from hub.errors import Refused
from hub.workbook.book import Finding


def message_of(finding: Finding) -> str:
    return gettext(f"books.{finding.code}") % finding.facts


def message_of_refusal(refused: Refused) -> str:
    """Files that are no list of books; what any spreadsheet can be refused for, the workbook's words say."""
    key = f"books.refused.{refused.code}"
    said = gettext(key)
    return (gettext(f"workbook.refused.{refused.code}") if said == key else said) % refused.facts

"""What is said of a finding, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from hub.errors import Refused
from hub.workbook.book import Finding


def message_of(finding: Finding) -> str:
    return gettext(f"workbook.{finding.code}") % finding.facts


def message_of_refusal(refused: Refused) -> str:
    return gettext(f"workbook.refused.{refused.code}") % refused.facts

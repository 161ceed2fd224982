"""What is said of a finding, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from hub.errors import Refused
from hub.workbook.book import Finding


def message_of(finding: Finding) -> str:
    said = gettext(f"workbook.{finding.code}") % finding.facts
    more = finding.facts.get("times", 1) - 1
    return f"{said} {gettext('workbook.also_elsewhere') % {'more': more}}" if more > 0 else said


def message_of_refusal(refused: Refused) -> str:
    return gettext(f"workbook.refused.{refused.code}") % refused.facts

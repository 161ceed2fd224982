"""What the plumbing keeps about people, which it knows only by id: messages, workbooks."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.notify.models import Message, Reply, WeChatFollower
from hub.notify.outbox import unsay
from hub.notify.templates import language_of, template_of, text_of
from hub.people.models import Child, Person
from hub.people.my_data import Part, Values, register
from hub.sealed import keyed_hash
from hub.workbook.models import Baseline, Upload
from hub.workbook.sheets import all_sheets


@register
class Messages(Part):
    name = "messages"
    position = 70
    columns = ("when", "text")
    fields = {
        "notify.Message": "to_id phone variables link dedupe_key",
        "notify.Reply": "from_id message",
        "notify.WeChatFollower": "person_id openid since",
    }

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        language = language_of(get_language() or "")
        for row in Message.objects.filter(to_id=person).order_by("-pk"):
            if not template_of(row.template).secret:
                text = text_of(template=row.template, variables=row.variables, link="", language=language)
                yield row.created_at, text

        for follower in WeChatFollower.objects.filter(person_id=person):
            yield follower.since, _("my_data.wechat")

    def erase(self, person: int, by: Person) -> None:
        """Their own go. Those to others who were told of them (a swap proposed, a party led) lose the name."""
        known = Person.objects.get(pk=person)
        for variable in ("name", "leader"):
            unsay(variable, Message.objects.filter(**{f"variables__{variable}": known.name}))
        phone = known.phone
        to_number = [row.pk for row in Message.objects.exclude(phone="") if row.phone == phone] if phone else []
        Reply.objects.filter(from_id=person).update(from_id=None, message=None)
        Message.objects.filter(to_id=person).delete()
        WeChatFollower.objects.filter(person_id=person).delete()
        Message.objects.filter(pk__in=to_number).delete()


@register
class Workbooks(Part):
    """Files they uploaded, and what is remembered of the rows that named them."""

    name = "workbooks"
    position = 80
    columns = ("file", "when")
    fields = {"workbook.Upload": "person_id file_name content", "workbook.Baseline": "key cells"}

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for upload in Upload.objects.filter(person_id=person).order_by("-pk"):
            yield upload.file_name, upload.created_at

    def erase(self, person: int, by: Person) -> None:
        """A row's keyed hash stays, so that last month's file does not bring them back; its cells' go."""
        Upload.objects.filter(person_id=person).update(content=None, file_name="")
        known = Person.objects.get(pk=person)
        child = Child.objects.filter(person=person).first()
        keys = [(child.identity_key,)] if child else [(known.phone, known.name)]
        hashes = [keyed_hash("workbook", sheet.name, *key) for sheet in all_sheets() for key in keys]
        Baseline.objects.filter(key__in=hashes).update(cells={"erased": "1"})

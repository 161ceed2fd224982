"""工作人员 in a week's workbook."""

from __future__ import annotations

from collections import defaultdict

from hub.journal.append import append
from hub.people import cells
from hub.people.models import Person, Role, RoleGrant
from hub.people.persons import find_persons, new_person
from hub.people.roles import Scope, grant_role, may_grant, revoke_role
from hub.workbook.book import Book
from hub.workbook.cells import one_of, text, word_of
from hub.workbook.sheets import Column, Key, Row, Sheet, Touched, Values

ROLE_WORDS = {
    "区级管理员": Role.ADMINISTRATOR,
    "监督员": Role.REGULATOR,
    "站点协调员": Role.COORDINATOR,
    "社工": Role.SOCIAL_WORKER,
}


class Staff(Sheet):
    """A row grants one role; its cells changed, it grants another instead."""

    name = "工作人员"
    position = 4
    also_names = ("worker",)
    columns = (
        Column("姓名", "name", cells.name, required=True, example="张三"),
        Column("手机号", "phone", cells.phone, required=True, private=True, example="13800000000"),
        Column(
            "角色",
            "role",
            one_of(ROLE_WORDS),
            required=True,
            shown=word_of(ROLE_WORDS),
            choices=lambda: list(ROLE_WORDS),
            example="站点协调员",
        ),
        Column("站点或机构", "scope", text(100), blank="", width=30, example="双龙社区慈善救助服务联合体"),
    )

    def key(self, values: Values) -> Key:
        return (values["phone"] or "", values["name"] or "")

    def load(self, rows: list[Row], book: Book) -> None:
        persons = book.names["person"]
        persons.update(find_persons([row.key for row in rows if not row.faulty]))
        grants: dict[int, list[RoleGrant]] = defaultdict(list)
        for grant in RoleGrant.objects.filter(role__in=ROLE_WORDS.values()).select_related("person", "hub", "agency"):
            grants[grant.person_id].append(grant)
        book.kept[self.name] = grants

    def current(self, row: Row, book: Book) -> Values | None:
        person = book.names["person"].get(row.key)
        grant = self._grant(row, book) if person else None
        if grant is None:
            return None
        return {"name": row["name"], "phone": row["phone"], "role": grant.role, "scope": _scope(grant)}

    def _grant(self, row: Row, book: Book) -> RoleGrant | None:
        """The grant the row speaks of: the very one, else the person's first."""
        person = book.names["person"].get(row.key)
        grants = book.kept[self.name].get(person.pk, []) if person else []
        exact = [one for one in grants if (one.role, _scope(one)) == (row["role"], row["scope"])]
        return next(iter(exact or grants), None)

    def check(self, rows: list[Row], book: Book) -> None:
        for row in rows:
            if row["role"] in (Role.COORDINATOR, Role.SOCIAL_WORKER):
                if not row["scope"]:
                    book.fault(row, "scope", "scope_missing")
                else:
                    kind = "hub" if row["role"] == Role.COORDINATOR else "agency"
                    book.refer(row, "scope", kind, (row["scope"],))
            elif row["scope"]:
                book.warn(row, "scope", "scope_ignored")
            if row.to_write and not row.faulty and not _may_grant(row, book):
                book.fault(row, "role", "role_not_yours")

    def touched(self, rows: list[Row], book: Book) -> Touched:
        return {Person: {book.names["person"][row.key].pk for row in rows if row.key in book.names["person"]}}

    def write(self, rows: list[Row], book: Book) -> None:
        persons = book.names["person"]
        new = {row.key: new_person(name=row["name"], phone=row["phone"]) for row in rows if row.key not in persons}
        Person.objects.bulk_create(new.values())
        persons.update(new)
        for row in rows:
            before = None if row.new else self._grant(row, book)
            if before:
                revoke_role(grant=before, by=book.actor)
                grant_role(person=persons[row.key], role=row["role"], by=book.actor, **_scope_of(row, book))
        grants = [
            RoleGrant(person=persons[row.key], role=row["role"], granted_by_id=book.by_id, **_scope_of(row, book))
            for row in rows
            if row.new
        ]
        RoleGrant.objects.bulk_create(grants, ignore_conflicts=True)
        for grant in grants:
            append(
                action="role_granted",
                subject=grant.person,
                actor_id=book.by_id,
                hub_id=grant.hub_id or 0,
                role=grant.role,
                hub=grant.hub_id,
                agency=grant.agency_id,
            )


def _scope(grant: RoleGrant) -> str:
    scope = grant.hub or grant.agency
    return scope.name if scope else ""


def _scope_of(row: Row, book: Book) -> Scope:
    name = (row["scope"],)
    return {
        "hub": book.names["hub"].get(name) if row["role"] == Role.COORDINATOR else None,
        "agency": book.names["agency"].get(name) if row["role"] == Role.SOCIAL_WORKER else None,
    }


def _may_grant(row: Row, book: Book) -> bool:
    """A site or an agency that the workbook itself brings is nobody's yet: an administrator's to give."""
    if book.actor is None or book.actor.has(Role.ADMINISTRATOR):
        return True
    scope = _scope_of(row, book)
    return any(scope.values()) and may_grant(by=book.actor, role=row["role"], **scope)


def staff_named(who: str, book: Book) -> dict[Key, set[str]]:
    """Staff of this name once the workbook is imported: person -> names of the agencies they are social workers of."""
    known = book.names["worker"]
    if not known:
        found: dict[str, dict[Key, set[str]]] = defaultdict(lambda: defaultdict(set))
        for grants in book.kept[Staff.name].values():
            for grant in grants:
                key = (grant.person.phone, grant.person.name)
                book.names["person"].setdefault(key, grant.person)
                found[grant.person.name][key] |= {_scope(grant)} if grant.agency_id else set()
        for row in book.rows[Staff.name]:
            if row.key and all(row.key):
                found[row.key[1]][row.key] |= {row["scope"]} if row["role"] == Role.SOCIAL_WORKER else set()
        known.update({(name,): persons for name, persons in found.items()})
    return dict(known.get((who,), {}))

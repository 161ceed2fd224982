"""Standing shifts of others, and at other sites."""

from __future__ import annotations

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.support.make import make_agency, make_hub, make_person, make_volunteer
from tests.volunteers.factories import make_absence, make_busy_calendar, make_extra_time, make_standing_shift

END = "DELETE /api/volunteers/standing-shifts/{shift_id}"


@foreign(END)
def shift_of_another_volunteer() -> Foreign:
    return Foreign(make_volunteer().person, {"shift_id": make_standing_shift().pk})


@foreign(END)
def shift_at_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR, hub=make_hub()), {"shift_id": make_standing_shift().pk})


@foreign(END)
def shift_of_another_agencys_program() -> Foreign:
    return Foreign(make_person(Role.SOCIAL_WORKER, agency=make_agency()), {"shift_id": make_standing_shift().pk})


@foreign("DELETE /api/volunteers/absences/{absence_id}")
def absence_of_another_volunteer() -> Foreign:
    return Foreign(make_volunteer().person, {"absence_id": make_absence(make_volunteer()).pk})


@foreign("DELETE /api/volunteers/extra-times/{extra_id}")
def extra_time_of_another_volunteer() -> Foreign:
    return Foreign(make_volunteer().person, {"extra_id": make_extra_time(make_volunteer()).pk})


@foreign("DELETE /api/volunteers/me/calendars/{calendar_id}")
def calendar_of_another_volunteer() -> Foreign:
    return Foreign(make_volunteer().person, {"calendar_id": make_busy_calendar(make_volunteer()).pk})

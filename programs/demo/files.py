"""Files of what is behind us, at the sites of the coordinator and of the agency that visitors become: most complete, a
few that lack something, one with a photo to look at again, one whose families were just asked how it was."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from random import Random

from django.db.models import Q

from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.people.models import Child, Consent, Person, Role
from programs.demo.pictures import draw_photo
from programs.kinds import kind
from scheduling.bookings.models import Booking
from scheduling.files.asking import CAME, FEWEST, KEPT, ask_families_of
from scheduling.files.faces import Face, answer
from scheduling.files.missing import held
from scheduling.files.models import FaceCount, FaceLink, FamilyAsked, SessionFile
from scheduling.files.photos import add_photo, without_consent
from scheduling.sessions.models import Session

LACKING = 5
"""The newest ones, and one that is overdue."""
WITH_PHOTOS = 6
AGREE = 0.8
ANSWERS: Sequence[Face] = ("good", "good", "fair")
AT_HOME = ("visit", "meal")
"""Neither photographed nor asked how it was."""
WORDS = {
    "reading": (
        "让孩子喜欢上读书，敢在大家面前说话。",
        "先一起读一本绘本，再两人一组轮流读，最后每人说一句最喜欢的话。志愿者各带一组。",
        "平时不爱说话的孩子今天主动举手了。两个新来的孩子还有点怕生。",
        "下次请他们和老成员坐一起；跟家长说说孩子的进步。",
    ),
    "group": (
        "让组员互相认识，说说最近的难处。",
        "围坐一圈，先做热身游戏，再分享这一周的开心事和烦心事，最后一起做手工。",
        "大家比上次放得开，有两位组员互留了联系方式。",
        "下周接着做手工，请一位组员来带。",
    ),
    "lending": (
        "让孩子养成借书、爱护书的习惯。",
        "孩子先还书，再自己找书，志愿者帮着推荐、登记；借完书一起给小蜗牛贴脚印。",
        "绘本最抢手，大一点的孩子想看科学书。",
        "下次多带几本科学书来。",
    ),
    "": (
        "把服务送到居民身边。",
        "按计划开展，志愿者各就各位，过程顺利。",
        "居民问得最多的是下次什么时候来。",
        "把居民提的意见告诉站点，下次改进。",
    ),
}


def keep_files() -> None:
    """Loading again changes nothing."""
    coordinator, worker = face_of(Role.COORDINATOR), face_of(Role.SOCIAL_WORKER)
    if coordinator is None or worker is None or SessionFile.objects.exists():
        return
    ours = Q(hub__in=load_actor(coordinator).hub_ids) | Q(program__agency__in=load_actor(worker).agency_ids)
    rows = held(Session.objects.filter(ours)).select_related("program", "duty_worker").order_by("starts_at", "pk")
    sessions = list(rows)
    _let_photos(sessions)
    kept = sessions[1 : max(1, len(sessions) - LACKING)]
    _write(kept, coordinator)
    of_children = [one for one in sessions if kind(one.program.kind).for_children]
    _take_photos([one for one in of_children if one in kept][-WITH_PHOTOS:], coordinator)
    _ask_families(of_children)


def _let_photos(sessions: Sequence[Session]) -> None:
    """Most guardians agree. The family that visitors become has its own say."""
    random, now = Random(500110), clock.now()
    children = Child.objects.filter(person__bookings__session__in=sessions).distinct().select_related("family")
    own = face_of(Role.GUARDIAN)
    Consent.objects.bulk_create(
        Consent(
            subject_id=child.person_id, kind=Consent.Kind.PHOTO, granted=True, given_by_id=child.family.guardian_id,
            recorded_by_id=child.family.guardian_id, recorded_at=now,
        )
        for child in children.exclude(family__guardian=own).order_by("pk")
        if random.random() < AGREE
    )  # fmt: skip


def _write(sessions: Sequence[Session], by: Person) -> None:
    random = Random(500110)
    files, faces = [], []
    for one in sessions:
        aim, process, noticed, follow_up = WORDS.get(one.program.kind, WORDS[""])
        who, when = one.duty_worker or by, one.ends_at + dt.timedelta(hours=random.randint(2, 90))
        at_home = one.program.kind in AT_HOME
        files.append(
            SessionFile(
                session=one, aim=aim, process=process, noticed=noticed, follow_up=follow_up, revision=1, written_by=who,
                changed_at=when, finished_by=who, finished_at=min(when, clock.now()), without_sheet=at_home,
                without_photos=True, without_faces=at_home,
            )
        )  # fmt: skip
        if not at_home:
            good, fair = random.randint(5, 12), random.randint(0, 3)
            faces.append(FaceCount(session=one, source=FaceCount.Source.CARDS, good=good, fair=fair))
    SessionFile.objects.bulk_create(files)
    FaceCount.objects.bulk_create(faces)


def _take_photos(sessions: Sequence[Session], by: Person) -> None:
    for number, one in enumerate(sessions):
        lacking = list(without_consent(Booking.objects.filter(session=one)).values_list("participant", flat=True))
        for view in range(2):
            photo = draw_photo(number * 2 + view)
            add_photo(session=one.pk, photo=photo, not_shown=lacking, by=one.duty_worker or by)
    SessionFile.objects.filter(session__in=sessions).update(without_photos=False)
    if sessions:
        _take_back(sessions[-1])


def _take_back(session: Session) -> None:
    """A guardian says no to photos now: somebody has to look again."""
    agreed = Consent.objects.filter(subject__bookings__session=session, kind=Consent.Kind.PHOTO, granted=True)
    if first := agreed.order_by("pk").first():
        Consent.objects.create(
            subject_id=first.subject_id, kind=Consent.Kind.PHOTO, granted=False, given_by_id=first.given_by_id,
            recorded_by_id=first.given_by_id, recorded_at=clock.now(),
        )  # fmt: skip


def _ask_families(sessions: Sequence[Session]) -> None:
    """Of the newest with families enough; some have answered. Those of all others were asked when it was time."""
    came = Booking.objects.filter(CAME, session__ends_at__gt=clock.now() - KEPT)
    pairs = set(came.values_list("session", "participant__child__family"))
    families = Counter(session for session, _ in pairs)
    if newest := next((one for one in reversed(sessions) if families[one.pk] >= FEWEST), None):
        ask_families_of(session=newest.pk)
        for link, face in zip(FaceLink.objects.order_by("pk"), ANSWERS, strict=False):
            answer(link=link, face=face)
    rows = (FamilyAsked(session_id=session, family_id=family) for session, family in sorted(pairs))
    FamilyAsked.objects.bulk_create(rows, ignore_conflicts=True)

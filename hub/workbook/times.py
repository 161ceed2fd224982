"""Days, moments, weekly windows and spans as people write them in a spreadsheet."""

from __future__ import annotations

import datetime as dt
import re

from hub import clock
from hub.clock import MINUTES_A_DAY
from hub.workbook.cells import NOTHING, CellFault, as_text
from hub.workbook.reading import Cell

Window = tuple[int, int, int]
"""Weekday (Monday 0), from minute, to minute."""
Span = tuple[dt.datetime, dt.datetime]

DASH = r"(?:-|至|到)"
DAY_PARTS = {
    "全天": (0, 1440),
    "整天": (0, 1440),
    "全日": (0, 1440),
    "早上": (8 * 60, 12 * 60),
    "上午": (8 * 60, 12 * 60),
    "中午": (11 * 60, 14 * 60),
    "下午": (12 * 60, 18 * 60),
    "晚上": (18 * 60, 21 * 60 + 30),
    "晚间": (18 * 60, 21 * 60 + 30),
}
DATE = re.compile(r"(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?")
YEARLESS = re.compile(
    r"(?:0?[1-9]|1[0-2])\s*(?:[-/.]\s*(?:0?[1-9]|[12]\d|3[01])(?!\d|\s*[-/.]\s*\d)|月\s*\d{1,2}\s*日?)"
)
# A point parts hours and minutes only before two digits: 8.5 is no time of day.
POINT = r"(?:[:时点]|\.(?=\d\d(?!\d)))"
CLOCK = (
    r"(?P<half{0}>上午|下午|晚上|早上|中午|(?i:[ap]m))?\s*(?P<hour{0}>\d{{1,2}})\s*"
    r"(?:" + POINT + r"\s*(?P<minute{0}>\d{{1,2}}|半)?)?\s*分?(?::\d{{2}})?(?:\s*(?P<after{0}>(?i:[ap]m)))?"
)
TIME = re.compile(CLOCK.format(""))
TIMES = re.compile(CLOCK.format(1) + r"\s*" + DASH + r"\s*" + CLOCK.format(2))


def written(cell: Cell) -> str:
    """The cell's text with every dash a `-` and every weekday a `周X`."""
    return _even(as_text(cell))


def _nothing(cell: Cell) -> bool:
    """`无`: a word for a blank cell."""
    return as_text(cell).lower() in NOTHING


def _even(text: str) -> str:
    text = re.sub(r"[—–―‐‑‒−~〜∼]+", "-", text)
    text = re.sub(r"星期|礼拜", "周", text)
    text = re.sub(r"(?<=周)[1-7]", lambda digit: "一二三四五六日"[int(digit[0]) - 1], text)
    return text.replace("周天", "周日").replace("号", "日")


def _date(year: str | int, month: str | int, day: str | int) -> dt.date:
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        raise CellFault("impossible_date") from None
    if not 1900 <= found.year <= 2200:
        raise CellFault("impossible_date")
    return found


LATE = ("下午", "晚上", "pm")


def _half(match: re.Match[str], which: str) -> str:
    return (match[f"half{which}"] or match[f"after{which}"] or "").lower()


def _minute(match: re.Match[str], which: str = "") -> int:
    hour, half = int(match[f"hour{which}"]), _half(match, which)
    minute = 30 if match[f"minute{which}"] == "半" else int(match[f"minute{which}"] or 0)
    if (half in LATE and hour < 12) or (half == "晚上" and hour == 12) or (half == "中午" and hour < 6):
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise CellFault("impossible_time")
    return hour * 60 + minute


SERIALS = range(10_000, 100_000)
"""What a date is to a spreadsheet: days since 1899-12-30; here 1927 to 2173. Fewer digits may be a year."""


def _from_serial(cell: Cell) -> Cell:
    """A real date whose cell lost its date format is a number."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and SERIALS.start <= cell < SERIALS.stop:
        return dt.datetime(1899, 12, 30) + dt.timedelta(minutes=round(cell * MINUTES_A_DAY))  # noqa: DTZ001 as any cell
    return cell


def day(cell: Cell) -> dt.date:
    """`2026-12-14`, `2026/12/14`, `2026年12月14日`, `20261214` or a real date."""
    cell = _from_serial(cell)
    if isinstance(cell, dt.datetime):
        return _date(cell.year, cell.month, cell.day)
    if isinstance(cell, dt.date):
        return _date(cell.year, cell.month, cell.day)
    text = written(cell)
    match = DATE.match(text) or re.match(r"(\d{4})(\d{2})(\d{2})$", text)
    if not match or not re.fullmatch(r"(\s*0?0:00(:00)?)?", text[match.end() :]):
        raise CellFault("year_missing" if YEARLESS.fullmatch(text) else "not_a_date")
    return _date(match[1], match[2], match[3])


def moment(cell: Cell) -> dt.datetime | int:
    """A day with its time, on the district's clock; a time alone as minutes, for whoever knows the day."""
    cell = _from_serial(cell)
    if isinstance(cell, float) and 0 < cell <= 1:
        # A time whose cell lost its format is a part of a day.
        return round(cell * MINUTES_A_DAY)
    if isinstance(cell, dt.datetime):
        return clock.at(
            _date(cell.year, cell.month, cell.day), round((cell.hour * 3600 + cell.minute * 60 + cell.second) / 60)
        )
    if isinstance(cell, dt.time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, dt.date):
        raise CellFault("time_missing")
    text = written(cell)
    match = DATE.match(text)
    if not match:
        alone = TIME.fullmatch(text)
        if not alone or not _says_time(text):
            raise CellFault("year_missing" if YEARLESS.match(text) else "not_a_moment")
        return _minute(alone)
    on = _date(match[1], match[2], match[3])
    rest = text[match.end() :]
    if weekday := re.match(r"[\sT]*\(?周([一二三四五六日])\)?", rest):
        if WEEKDAYS[weekday[1]] != on.weekday():
            raise CellFault("impossible_date")
        rest = rest[weekday.end() :]
    rest = rest.lstrip(" T\n\t")
    if not rest:
        raise CellFault("time_missing")
    time = TIME.fullmatch(rest)
    if not time or not _says_time(rest):
        raise CellFault("not_a_moment")
    return clock.at(on, _minute(time))


def _says_time(text: str) -> bool:
    return bool(re.search(POINT + r"|(?i:[ap]m)", text))


WEEKDAYS = {word: number for number, word in enumerate("一二三四五六日")}
DAYS = {
    "工作日": range(5),
    "平日": range(5),
    "双休日": (5, 6),
    "周末": (5, 6),
    "休息日": (5, 6),
    "每天": range(7),
    "每日": range(7),
    "天天": range(7),
    "全周": range(7),
}
DAY_TOKEN = re.compile(
    rf"周(?P<from>[一二三四五六日])\s*{DASH}\s*周?(?P<to>[一二三四五六日])"
    r"|(?P<word>" + "|".join(DAYS) + r")|周(?P<list>[一二三四五六日]+)"
)
PART_TOKEN = re.compile("|".join(DAY_PARTS))
SEPARATOR = re.compile(r"[\s;,、和及与的.。()]+|\Z")


def _days(match: re.Match[str]) -> list[int]:
    if match["word"]:
        return list(DAYS[match["word"]])
    if match["list"]:
        return [WEEKDAYS[one] for one in match["list"]]
    first, last = WEEKDAYS[match["from"]], WEEKDAYS[match["to"]]
    return [number % 7 for number in range(first, last + 1 if last >= first else last + 8)]


def _times(match: re.Match[str]) -> tuple[int, int]:
    start, end = _minute(match, "1"), _minute(match, "2")
    first, second = _half(match, "1"), _half(match, "2")
    if first in LATE and not second and end < start and end + 720 <= MINUTES_A_DAY:
        end += 720
    if second == "pm" and not first and start + 720 < end:
        start += 720
    # Midnight ends a day.
    end = end or MINUTES_A_DAY
    if end <= start:
        raise CellFault("times_reversed")
    return start, end


def windows(cell: Cell) -> list[Window]:
    """Weekly availability: `周一至周五 08:00-17:30；周末 全天`, `周一、周三 上午`, `工作日 9点-11点半`.

    Touching windows of a day become one.
    """
    if _nothing(cell):
        return []
    text = written(cell)
    found: list[Window] = []
    days: list[int] = []
    times: list[tuple[int, int]] = []

    def flush() -> None:
        found.extend((one, start, end) for one in days or range(7) for start, end in times or [(0, MINUTES_A_DAY)])
        days.clear()
        times.clear()

    position = 0
    while position < len(text):
        if match := DAY_TOKEN.match(text, position):
            if times:
                flush()
            days.extend(_days(match))
        elif match := TIMES.match(text, position):
            times.append(_times(match))
        elif match := PART_TOKEN.match(text, position):
            times.append(DAY_PARTS[match[0]])
        elif not (match := SEPARATOR.match(text, position)):
            raise CellFault("not_a_window", part=text[position : position + 12])
        position = max(match.end(), position + 1)
    if days or times:
        flush()
    return _joined(found)


def as_windows(found: list[Window]) -> str:
    """Windows as people would write them, day by day."""
    names = {number: word for word, number in WEEKDAYS.items()}
    return "；".join(
        f"周{names[day]} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}" for day, start, end in found
    )


def _joined(found: list[Window]) -> list[Window]:
    joined: list[Window] = []
    for weekday, start, end in sorted(set(found)):
        if joined and joined[-1][0] == weekday and start <= joined[-1][2]:
            joined[-1] = (weekday, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((weekday, start, end))
    return joined


MARK = re.compile(r"@(\d{8})@")


def spans(cell: Cell) -> list[Span]:
    """When someone can't come: `2026-12-19 全天`, `2026-12-19 14:00-16:00`, `2026-12-19至2026-12-21`,
    `2026年12月19日-21日`; several between semicolons."""
    cell = _from_serial(cell)
    if isinstance(cell, dt.date):
        on = day(cell)
        return [(clock.at(on), clock.at(on, MINUTES_A_DAY))]
    if _nothing(cell):
        return []
    text = written(cell)
    marked = DATE.sub(lambda match: f"@{_date(match[1], match[2], match[3]):%Y%m%d}@", text)
    found = [_span(piece.strip()) for piece in re.split(r"[;,、\n]", marked) if piece.strip()]
    return sorted(set(found))


FROM_TO = re.compile(rf"@(\d{{8}})@\s*(\d\d?):(\d\d)\s*{DASH}\s*@(\d{{8}})@\s*(\d\d?):(\d\d)")
"""`2026-12-18 18:00至2026-12-20 12:00`."""


def as_spans(found: list[Span]) -> str:
    """Spans as people would write them; the hour of midnight ends a day."""

    def place(moment: dt.datetime, *, ends: bool) -> tuple[dt.date, str]:
        local = clock.local(moment)
        if ends and not local.hour and not local.minute:
            return local.date() - dt.timedelta(days=1), "24:00"
        return local.date(), f"{local:%H:%M}"

    def one(span: Span) -> str:
        (first, since), (last, until) = place(span[0], ends=False), place(span[1], ends=True)
        return f"{first} {since}-{until}" if first == last else f"{first} {since}至{last} {until}"

    return "；".join(map(one, found))


def _span(piece: str) -> Span:
    if both := FROM_TO.fullmatch(piece):
        start, end = (int(both[at]) * 60 + int(both[at + 1]) for at in (2, 5))
        if max(start, end) > MINUTES_A_DAY:
            raise CellFault("impossible_time")
        span = clock.at(_marked(both[1]), start), clock.at(_marked(both[4]), end)
        if span[1] <= span[0] or span[1] - span[0] > dt.timedelta(days=367):
            raise CellFault("times_reversed")
        return span
    match = MARK.match(piece)
    if not match:
        raise CellFault("year_missing" if YEARLESS.match(piece) else "not_a_span")
    first = last = _marked(match[1])
    rest = piece[match.end() :].strip()
    if to := re.match(rf"{DASH}\s*(?:@(\d{{8}})@|(?:(\d{{1,2}})[月/.-])?(\d{{1,2}})日?)(?![\d:.时点])", rest):
        last = _marked(to[1]) if to[1] else _date(first.year, to[2] or first.month, to[3])
        rest = rest[to.end() :].strip()
    start, end = _part_of_day(re.sub(r"^\(?周[一二三四五六日]\)?\s*", "", rest))
    if last < first or (last - first).days > 366:
        raise CellFault("times_reversed")
    return clock.at(first, start), clock.at(last, end)


def _marked(digits: str) -> dt.date:
    return _date(digits[:4], digits[4:6], digits[6:])


def _part_of_day(text: str) -> tuple[int, int]:
    if not text:
        return 0, MINUTES_A_DAY
    if text in DAY_PARTS:
        return DAY_PARTS[text]
    match = TIMES.fullmatch(text)
    if not match:
        raise CellFault("not_a_span")
    return _times(match)

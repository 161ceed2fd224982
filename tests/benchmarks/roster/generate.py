"""Seeded roster/1 problems of our own: a week of a made-up district, from a handful of people to thousands.

python tests/benchmarks/roster/generate.py (tiny|S|M|L|XL) SEED OUT.json
"""

import json
import math
import random
import sys
from pathlib import Path
from typing import Any

DAY = 1440
SIZES = {  # volunteers, sessions, sites, kilometers across
    "tiny": (8, 8, 2, 2),
    "S": (60, 80, 4, 3),
    "M": (600, 700, 12, 6),
    "L": (3_000, 3_500, 28, 10),
    "XL": (20_000, 12_000, 40, 16),
}
# programme, clearance, skill of its main role, second role (skill, how often), minimum, priority, starts, minutes
PROGRAMMES = (
    ("reading", "child", "reading", ("lead", 0.35), 1, 2, (570, 600, 900, 990, 1110), (60, 90, 120)),
    ("meal", None, "meal", ("driving", 0.3), 1, 1, (645, 660, 675, 690), (60, 75, 90)),
    ("visit", "elder", "visiting", None, 1, 2, (540, 570, 840, 870, 900), (60, 90)),
    ("event", None, "event", ("first_aid", 0.5), 2, 3, (510, 540, 810, 1080), (150, 180, 210)),
)
SKILLS = {"reading": 0.45, "meal": 0.65, "driving": 0.22, "visiting": 0.32, "event": 0.7, "first_aid": 0.14}
LIVES = (  # who people are: when a weekday and a weekend day are theirs, and how likely
    ((480, 1050), 0.6, (480, 1050), 0.6),
    ((960, 1200), 0.5, (480, 1080), 0.5),
    ((1080, 1290), 0.25, (480, 1260), 0.7),
    ((510, 960), 0.65, None, 0.0),
)


def generate(size: str, seed: int) -> dict[str, Any]:
    volunteers, sessions, sites, across = SIZES[size]
    rng = random.Random(f"{size}-{seed}")
    points = [(rng.uniform(0, across), rng.uniform(0, across)) for _ in range(sites)]
    travel = [[0 if a == b else int(6 + 4.5 * math.dist(a, b)) for b in points] for a in points]
    people = [_volunteer(rng, v, sites) for v in range(volunteers)]
    return {
        "name": size,
        "seed": seed,
        "hubs": [{"id": i, "kind": "hub", "x": round(x, 2), "y": round(y, 2)} for i, (x, y) in enumerate(points)],
        "travel": travel,
        "sessions": [_session(rng, s, sites) for s in range(sessions)],
        "volunteers": people,
        "buddies": _pairs(rng, people, volunteers // 12),
        "avoid": _pairs(rng, people, volunteers // 20),
        "pins": [],
        "barred": sorted({(rng.randrange(volunteers), rng.randrange(sessions)) for _ in range(volunteers // 10)}),
        "published": [],
        "weights": {
            "min": {"1": 10_000, "2": 4_000, "3": 1_500},
            "target": 300,
            "fair_step": 6,
            "unpopular": 4,
            "buddy": 15,
            "travel_per_min": 0.5,
            "keep": 60,
            "add": 10,
        },
    }


def _session(rng: random.Random, position: int, sites: int) -> dict[str, Any]:
    programme, clearance, skill, second, minimum, priority, starts, lengths = rng.choices(PROGRAMMES, (36, 30, 24, 10))[
        0
    ]
    day = rng.choice(range(7)) if programme != "event" else rng.choice((4, 5, 5, 6, 6))
    start = day * DAY + rng.choice(starts)
    needs = [_need(skill, minimum, minimum + rng.choice((0, 1, 1, 2)), priority)]
    if second and rng.random() < second[1]:
        needs.append(_need(second[0], 1, 1, 1))
    return {
        "id": position,
        "programme": programme,
        "hub": rng.randrange(sites),
        "start": start,
        "end": start + rng.choice(lengths),
        "clearance": clearance,
        "unpopular": -1 if day >= 5 and programme == "meal" else 0,
        "needs": needs,
    }


def _need(skill: str, minimum: int, target: int, priority: int) -> dict[str, Any]:
    return {"role": skill, "skill": skill, "min": minimum, "target": target, "priority": priority}


def _volunteer(rng: random.Random, position: int, sites: int) -> dict[str, Any]:
    weekday, often, weekend, often_then = rng.choices(LIVES, (42, 22, 24, 12))[0]
    available = []
    for day in range(7):
        window, chance = (weekend, often_then) if day >= 5 else (weekday, often)
        if window and rng.random() < chance:
            available.append([day * DAY + window[0], day * DAY + window[1]])
    blocked = []
    for _ in range(rng.choice((0, 0, 1, 2))):
        start = rng.randrange(7) * DAY + rng.randrange(480, 1080, 30)
        blocked.append([start, start + rng.choice((60, 120, 240))])
    experienced = rng.random() < 0.35
    skills = [skill for skill, share in SKILLS.items() if rng.random() < share]
    if rng.random() < (0.45 if experienced else 0.05):
        skills.append("lead")
    return {
        "id": position,
        "home": rng.randrange(sites),
        "skills": skills or ["event"],
        "clearances": [name for name, share in (("child", 0.62), ("elder", 0.55)) if rng.random() < share],
        "experienced": experienced,
        "new": not experienced and rng.random() < 0.3,
        "available": available,
        "blocked": blocked,
        "max_sessions": rng.choices((1, 2, 3, 4, 5), (15, 32, 28, 15, 10))[0],
        "max_minutes": rng.choice((120, 180, 240, 300, 420, 600)),
        "min_rest": rng.choice((0, 10, 15, 30)),
        "max_travel": rng.choice((18, 22, 28, 35)),
        "history": rng.choice((0, 0, 1, 2, 3)),
        "pref_programme": {name: rng.choice((-10, 0, 0, 10, 20)) for name, *_ in PROGRAMMES},
        "pref_daypart": [rng.choice((-8, 0, 0, 8)) for _ in range(3)],
    }


def _pairs(rng: random.Random, people: list[dict[str, Any]], count: int) -> list[tuple[int, int]]:
    """Pairs of neighbors, none twice."""
    found: dict[tuple[int, int], None] = {}
    for _ in range(50 * count):
        a, b = sorted(rng.sample(range(len(people)), 2))
        if people[a]["home"] == people[b]["home"] and len(found) < count:
            found[a, b] = None
    return list(found)


def main(size: str, seed: str, out: str) -> int:
    Path(out).write_text(json.dumps(generate(size, int(seed)), separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))

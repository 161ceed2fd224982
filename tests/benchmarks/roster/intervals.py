"""Seeded problems of one day whose tasks have fixed times: who is asked to come at all, so that few people are.

Patterned on what is published as shift minimization with personnel tasks: everybody may do some of the tasks, one at a
time, and only the number of people counts. A crew that can do it all is hidden in each problem, and all of it is at
work at noon: fewer cannot do, so the best there is is known.
"""

import random
from typing import Any

SIZES = {"40x250": (40, 250), "100x700": (100, 700), "200x1500": (200, 1_500)}  # people, tasks
DAY, NOON = 1440, 720
LENGTHS = (20, 30, 45, 60, 90)
CREW = 0.6  # of the people
QUALIFIED = 0.35  # of the tasks, per person
PERSON, TASK = 1_000, 1_000_000  # what a person costs, and a task that nobody does


def generate(size: str, seed: int) -> dict[str, Any]:
    people, tasks = SIZES[size]
    rng = random.Random(f"{size}-{seed}")
    times = _times_of_a_crew(rng, round(CREW * people), tasks)
    skills: list[set[int]] = [set() for _ in range(people)]
    for task, (_, _, owner) in enumerate(times):
        skills[owner].add(task)
    for mine in skills:
        more = rng.sample(range(tasks), max(0, round(QUALIFIED * tasks) - len(mine)))
        mine.update(more)
    return {
        "name": f"intervals-{size}",
        "seed": seed,
        "hubs": [{"id": 0, "kind": "hub"}],
        "travel": [[0]],
        "sessions": [_session(position, start, end) for position, (start, end, _) in enumerate(times)],
        "volunteers": [_volunteer(position, mine) for position, mine in enumerate(skills)],
        "buddies": [],
        "avoid": [],
        "pins": [],
        "barred": [],
        "published": [],
        "weights": {
            "min": {"1": TASK},
            "target": 0,
            "fair_step": 0,
            "unpopular": 0,
            "buddy": 0,
            "travel_per_min": 0,
            "keep": 0,
            "add": 0,
            "open_volunteer": PERSON,
        },
    }


def _times_of_a_crew(rng: random.Random, crew: int, tasks: int) -> list[tuple[int, int, int]]:
    """(start, end, who could do it) in the order of time: each one's day grows from a task at noon to both sides."""
    found = []
    for owner in range(crew):
        length = rng.choice(LENGTHS)
        first = NOON - rng.randrange(1, length)
        last = first + length
        found.append((first, last, owner))
        for _ in range(tasks // crew + (owner < tasks % crew) - 1):
            length, pause = rng.choice(LENGTHS), 5 * rng.randrange(3)
            if rng.random() < 0.5:
                found.append((first - pause - length, first - pause, owner))
                first -= pause + length
            else:
                found.append((last + pause, last + pause + length, owner))
                last += pause + length
    early = min(start for start, _, _ in found)
    return sorted((start - early, end - early, owner) for start, end, owner in found)


def simultaneous(problem: dict[str, Any]) -> int:
    """The most tasks there are at one moment: no fewer people can do them."""
    edges = sorted((time, step) for s in problem["sessions"] for time, step in ((s["start"], 1), (s["end"], -1)))
    most = now = 0
    for _, step in edges:
        now += step
        most = max(most, now)
    return most


def _session(position: int, start: int, end: int) -> dict[str, Any]:
    need = {"role": "", "skill": f"task {position}", "min": 1, "target": 1, "priority": 1}
    return {
        "id": position,
        "programme": "task",
        "hub": 0,
        "start": start,
        "end": end,
        "clearance": None,
        "unpopular": 0,
        "needs": [need],
    }


def _volunteer(position: int, tasks: set[int]) -> dict[str, Any]:
    return {
        "id": position,
        "home": 0,
        "skills": [f"task {task}" for task in sorted(tasks)],
        "clearances": [],
        "experienced": False,
        "new": False,
        "available": [[0, 2 * DAY]],
        "blocked": [],
        "max_sessions": 1_000,
        "max_minutes": 2 * DAY,
        "min_rest": 0,
        "max_travel": 0,
        "history": 0,
        "pref_programme": {},
        "pref_daypart": [0, 0, 0],
    }

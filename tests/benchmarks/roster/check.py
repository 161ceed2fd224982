"""Our own referee for roster/1: says which hard rules a plan breaks and what it truly costs.

    python tests/benchmarks/roster/check.py PROBLEM.json PLAN.json

Written against the format alone: it imports nothing of the planner, so that the two can disagree. Exit 0 when every
hard rule holds and the objective the plan claims is the true one, else 1; prints one JSON object.
"""

import json
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any


class Referee:
    def __init__(self, problem: dict[str, Any], assignments: list[list[int]]) -> None:
        self.problem, self.plan = problem, [tuple(item) for item in assignments]
        self.people, self.sessions = problem["volunteers"], problem["sessions"]
        self.weights = problem["weights"]
        self.faults: list[str] = []
        self.known = [item for item in self.plan if self._exists(*item)]
        self.faults += [f"no such place: {item}" for item in self.plan if not self._exists(*item)]

    def _exists(self, v: int, s: int, r: int) -> bool:
        if not 0 <= v < len(self.people) or not 0 <= s < len(self.sessions):
            return False
        return 0 <= r < len(self.sessions[s]["needs"])

    def judge(self) -> dict[str, Any]:
        self._check_volunteers()
        self._check_sessions()
        lost = [pin for pin in self.problem.get("pins", []) if tuple(pin) not in set(self.plan)]
        self.faults += [f"pin lost: {pin}" for pin in lost]
        cost = self._cost()
        return {"ok": not self.faults, "faults": self.faults[:20], "objective": sum(cost.values()), "cost": cost}

    def _check_volunteers(self) -> None:
        barred = {tuple(pair) for pair in self.problem.get("barred", [])}
        for v, person in enumerate(self.people):
            mine = [(self.sessions[s], r, s) for w, s, r in self.known if w == v]
            for session, r, s in mine:
                start, end = session["start"], session["end"]
                self._fault(session["needs"][r]["skill"] not in person["skills"], "skill", v, s)
                self._fault(
                    session["clearance"] and session["clearance"] not in person["clearances"], "clearance", v, s
                )
                inside = [w for w in person["available"] if w[0] <= start and end <= w[1]]
                self._fault(not inside, "available", v, s)
                touched = [w for w in person["blocked"] if w[0] < end and start < w[1]]
                self._fault(touched, "blocked", v, s)
                way = self.problem["travel"][person["home"]][session["hub"]]
                self._fault(way > person["max_travel"], "travel", v, s)
                self._fault((v, s) in barred, "barred", v, s)
            for (one, _, s), (two, _, t) in combinations(mine, 2):
                self._fault(s == t or self._clash(person, one, two), "clash", v, s, t)
            minutes = sum(session["end"] - session["start"] for session, _, _ in mine)
            self._fault(len(mine) > person["max_sessions"], "sessions", v)
            self._fault(minutes > person["max_minutes"], "minutes", v)

    def _clash(self, person: dict[str, Any], one: dict[str, Any], two: dict[str, Any]) -> bool:
        if (two["start"], two["end"], two["hub"]) < (one["start"], one["end"], one["hub"]):
            one, two = two, one
        pause = max(person["min_rest"], self.problem["travel"][one["hub"]][two["hub"]])
        return bool(two["start"] - one["end"] < pause)

    def _check_sessions(self) -> None:
        avoid = {frozenset(pair) for pair in self.problem.get("avoid", [])}
        for s, session in enumerate(self.sessions):
            here = [(v, r) for v, t, r in self.known if t == s]
            heads = Counter(r for _, r in here)
            for r, need in enumerate(session["needs"]):
                self._fault(heads[r] > need["target"], "over target", s, r)
            who = {v for v, _ in here}
            guided = any(self.people[v]["experienced"] for v in who)
            self._fault(not guided and any(self.people[v]["new"] for v in who), "newcomers alone", s)
            for a, b in combinations(sorted(who), 2):
                self._fault(frozenset((a, b)) in avoid, "avoid", a, b, s)

    def _fault(self, broken: object, name: str, *where: int) -> None:
        if broken:
            self.faults.append(f"{name}: {where}")

    def _cost(self) -> dict[str, int]:
        weights, plan = self.weights, set(self.known)
        heads = Counter((s, r) for _, s, r in plan)
        below = rest = 0
        for s, session in enumerate(self.sessions):
            for r, need in enumerate(session["needs"]):
                short = max(0, need["min"] - heads[s, r])
                below += short * weights["min"][str(need["priority"])]
                rest += max(0, need["target"] - need["min"] - max(0, heads[s, r] - need["min"])) * weights["target"]
        liked = way = unpopular = 0
        for v, s, _ in plan:
            person, session = self.people[v], self.sessions[s]
            hour = session["start"] % 1440 / 60
            liked += person["pref_programme"].get(session["programme"], 0)
            liked += person["pref_daypart"][int(hour >= 12) + int(hour >= 17)]
            way += int(weights["travel_per_min"] * self.problem["travel"][person["home"]][session["hub"]])
            unpopular += weights["unpopular"] * person["history"] * (session["unpopular"] == -1)
        counts = Counter(v for v, _, _ in plan)
        fair = sum(sum(self.people[v]["history"] + i for i in range(k)) for v, k in counts.items())
        where = {(v, s) for v, s, _ in plan}
        met = sum(
            (a, s) in where and (b, s) in where for a, b in self.problem["buddies"] for s in range(len(self.sessions))
        )
        stability = 0
        if self.problem.get("published"):
            published = {tuple(item) for item in self.problem["published"]}
            stability = weights["keep"] * len(published - plan) + weights["add"] * len(plan - published)
        return {
            "min": below,
            "target": rest,
            "preference": -liked,
            "travel": way,
            "fairness": weights["fair_step"] * fair,
            "unpopular": unpopular,
            "buddy": -weights["buddy"] * met,
            "stability": stability,
            "open": weights.get("open_volunteer", 0) * len(counts),
        }


def check(problem: dict[str, Any], assignments: list[list[int]]) -> dict[str, Any]:
    return Referee(problem, assignments).judge()


def main(problem_path: str, plan_path: str) -> int:
    plan = json.loads(Path(plan_path).read_text())
    verdict = check(json.loads(Path(problem_path).read_text()), plan["assignments"])
    claimed = plan.get("objective", verdict["objective"])
    verdict["ok"] = verdict["ok"] and claimed == verdict["objective"]
    sys.stdout.write(json.dumps({**verdict, "claimed": claimed}) + "\n")
    return 0 if verdict["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

"""The bound's own process: the parent's end, and what the child does.

The child solves linear relaxations over the columns that matter, then (where the problem is not too large for the time)
over whole schedules, and dives from there to a plan of its own. When nothing is left to prove it helps with the search.
The two speak pickled messages: ("bound", n), ("guide", columns, is it rough) and ("plan", columns) come up, the
columns of better plans go down.
"""

import contextlib
import pickle
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

import numpy as np

from scheduling.solver import search
from scheduling.solver.build import Arrays, Ints, restrict
from scheduling.solver.construct import construct
from scheduling.solver.fewest import by_schedules, improve_fewest, people_count
from scheduling.solver.generation import ENOUGH, Generation
from scheduling.solver.incumbent import Incumbent
from scheduling.solver.linear import Floats
from scheduling.solver.relaxation import Relaxation, proven
from scheduling.solver.sifting import Round, Sifting

SIFTED = 2e-3  # of the objective: a gap between linear program and bound not worth another round
TRUSTED = 0.04  # the gap up to which reduced costs tell for good where to look
SCHEDULED = 0.01  # the gap from which whole schedules take over, where they may
MOST_COLUMNS = 1_000_000  # above which the linear relaxation is left out
SCHEDULED_COLUMNS = 60_000  # above which whole schedules are
COOLING_SECONDS = 2e-4  # per column, of a plan that comes from a dive
HOT_DIVE = 30.0
SHARE_TO_HELP = 0.6  # of the time, where people are what counts: relaxations alone find no plan there
COVERS, COVER_SHARE, COVER_WORTH = 8, 0.1, 1.2  # how many, in how much of the time, at how much more than the prices
DIVE_ROUNDS = 10  # masters that a dive takes the time of


class BoundProcess:
    """Made before there is anything to bound: it takes a moment to get ready. `begin` gives it work."""

    def __init__(self) -> None:
        root = Path(__file__).resolve().parents[2]
        self.guide: Ints | None = None
        self.is_rough = False
        self._told: int | None = None
        self._inbox: queue.Queue[tuple[object, ...] | None] = queue.Queue()
        command = "from scheduling.solver.bounding import child; child()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", command], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.is_alive = True
        self._thread: threading.Thread | None = None

    def begin(self, arrays: Arrays, plan: Ints, *, seed: int, deadline: float, threads: int) -> None:
        """`plan` is one that keeps every rule."""
        job = pickle.dumps((arrays, plan, seed, deadline - time.monotonic(), threads))
        self._thread = threading.Thread(target=self._talk, args=(job,), daemon=True)
        self._thread.start()

    def _talk(self, job: bytes) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
            self._process.stdin.write(job)
            self._process.stdin.flush()
            while True:
                self._inbox.put(pickle.load(self._process.stdout))  # our own child wrote it
        self._inbox.put(None)

    def poll(self, incumbent: Incumbent) -> None:
        """Take in what the child found, and tell it what the search found."""
        while not self._inbox.empty():
            message = self._inbox.get()
            if message is None:
                self.is_alive = False
            elif message[0] == "bound":
                incumbent.raise_bound(int(message[1]))  # type: ignore[call-overload]
            elif message[0] == "guide":
                self.guide, self.is_rough = np.asarray(message[1]), bool(message[2])
            elif message[0] == "plan":
                incumbent.offer(np.asarray(message[1]))
                self._told = incumbent.objective
        columns, objective = incumbent.best()
        if self.is_alive and objective is not None and (self._told is None or objective < self._told):
            self._told = objective
            assert self._process.stdin
            with contextlib.suppress(OSError):
                pickle.dump(columns, self._process.stdin)
                self._process.stdin.flush()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        if self._thread is not None:
            self._thread.join(1.0)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.is_alive = False


def child() -> None:
    job = pickle.load(sys.stdin.buffer)
    _Prover(*job, out=sys.stdout.buffer).run()


class _Prover:
    def __init__(self, arrays: Arrays, plan: Ints, seed: int, seconds: float, threads: int, *, out: IO[bytes]) -> None:
        self.arrays, self.seed, self.threads, self.out = arrays, seed, threads, out
        self.deadline = time.monotonic() + seconds
        self.relaxation = Relaxation(arrays)
        self.plans = Incumbent(arrays)
        self.plans.offer(plan)
        self.guide: Ints | None = None
        self._bound: int | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(EOFError, pickle.UnpicklingError):
            while True:
                self.plans.offer(pickle.load(sys.stdin.buffer))

    def _send(self, *message: object) -> None:
        pickle.dump(message, self.out)
        self.out.flush()

    def _send_bound(self, value: float) -> None:
        bound = proven(value)
        if self._bound is None or bound > self._bound:
            self._bound = bound
            self._send("bound", bound)

    def _send_plan(self, columns: Ints) -> None:
        """Up with it if it is better than what is known here."""
        if self.plans.offer(columns):
            self._send("plan", columns)

    def _send_guide(self, columns: Ints, *, is_rough: bool = False) -> None:
        self.guide = columns
        self._send("guide", columns, is_rough)

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def run(self) -> None:
        self._send_bound(self.relaxation.evaluate(self.relaxation.start())[0])
        if self.arrays.columns <= MOST_COLUMNS:
            found = self._sift()
            if found is not None and found.size <= SCHEDULED_COLUMNS:
                self._generate(found.prices)
        self._help()

    def _sift(self) -> Round | None:
        """Rounds of the linear relaxation until little is missing; the last of them."""
        sifting = Sifting(self.relaxation, self.plans.best()[0], seed=self.seed)
        last = None
        spare = SHARE_TO_HELP * self._left() if people_count(self.arrays) else 0.5
        while self._left() > spare:
            found = sifting.round(seconds=self._left(), threads=self.threads)
            if found is None:
                break
            last = found
            self._send_bound(found.bound)
            is_rough = found.gap > TRUSTED
            self._send_guide(np.union1d(found.worth, found.added) if is_rough else found.worth, is_rough=is_rough)
            small = sifting.size <= SCHEDULED_COLUMNS
            if found.gap < (SCHEDULED if small else SIFTED) or not len(found.added):
                break
        return last

    def _generate(self, prices: Floats) -> None:
        """Whole schedules, and a plan from them."""
        plan, _ = self.plans.best()
        generation = Generation(self.relaxation, prices, plan, seed=self.seed)
        if people_count(self.arrays):
            self._add_covers(generation, prices[: self.arrays.needs])
        self._send_bound(generation.bound)
        while True:
            began = time.monotonic()
            found = generation.round(self._left())
            if found is None:
                return
            master, added = found
            self._send_bound(generation.bound)
            if master.objective - generation.bound < ENOUGH * abs(master.objective) or not added:
                break
            if DIVE_ROUNDS * (time.monotonic() - began) > self._left():
                break
        self._send_guide(generation.worth(master))
        columns = generation.dive(self._left)
        if columns is not None:
            self._send_plan(self._complete(columns))

    def _add_covers(self, generation: Generation, worth: Floats) -> None:
        """Plans that ask few people: schedules that are cheap alone leave too much for nobody."""
        random, until = np.random.default_rng(self.seed), time.monotonic() + COVER_SHARE * self._left()
        for _ in range(COVERS):
            stray = COVER_WORTH * worth * random.uniform(0.9, 1.1, len(worth))
            found = by_schedules(self.relaxation, stray)
            generation.add(found)
            self._send_plan(found)
            if time.monotonic() > until:
                break

    def _complete(self, columns: Ints) -> Ints:
        """A plan around these columns: the others take the places left, and all move a little."""
        plan = construct(self.arrays, columns.tolist())
        worth = search.start_pieces(self.arrays, self.guide, self.seed).worth(plan)
        seconds = min(0.2 * self._left(), COOLING_SECONDS * len(worth))
        few = restrict(self.arrays, worth)
        return worth[search.glance(few, np.searchsorted(worth, plan), seconds, self.seed, HOT_DIVE)]

    def _help(self) -> None:
        """Improve plans beside the search, with the same guide."""
        if people_count(self.arrays):
            improve_fewest(self.arrays, self.plans, self.deadline, self.seed + 1, on_better=self._send_found)
        pieces = search.start_pieces(self.arrays, self.guide, self.seed + 1)
        while self._left() > 0.1:
            search.improve_pieces(
                self.arrays, self.plans, pieces, min(self.deadline, time.monotonic() + 2.0), self.seed + 1,
                on_better=self._send_found,
            )  # fmt: skip

    def _send_found(self, columns: Ints) -> None:
        self._send("plan", columns)

"""The bound's own process: the parent's end, and what the child does.

The child prices a first time, solves linear relaxations over the columns the prices point to (adding what is missed
until nothing much is), and then moves the prices on for as long as it may live. Every price it meets gives a proven
bound. It speaks pickled messages on its standard output: ("bound", n) and ("guide", columns, reduced costs). Objectives
the search finds come down to it as lines.
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

from scheduling.solver.build import Arrays, Ints
from scheduling.solver.incumbent import Incumbent
from scheduling.solver.lagrange import Ascent, Floats, Relaxation
from scheduling.solver.model import Model, build_model, solve_lp

FIRST_STEPS, FIRST_SHARE = 40, 0.15  # steps before the first relaxation, and the most of the time they may take
ROUNDS = 4
OWN_BEST = 24  # columns per volunteer that a linear relaxation holds at least
NEED_BEST = 6  # and per need
MOST_COLUMNS = 60_000  # above which linear relaxations are left out


class BoundProcess:
    def __init__(self, arrays: Arrays, *, seed: int, deadline: float, target: int) -> None:
        root = Path(__file__).resolve().parents[2]
        self.guide: tuple[Ints, Floats] | None = None
        self._told = target
        self._inbox: queue.Queue[tuple[object, ...] | None] = queue.Queue()
        command = "from scheduling.solver.bounding import child; child()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", command], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.is_alive = True
        job = pickle.dumps((arrays, seed, deadline - time.monotonic(), target))
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
                self.guide = (np.asarray(message[1]), np.asarray(message[2]))
        if self.is_alive and incumbent.objective is not None and incumbent.objective < self._told:
            self._told = incumbent.objective
            assert self._process.stdin
            with contextlib.suppress(OSError):
                self._process.stdin.write(f"{self._told}\n".encode())
                self._process.stdin.flush()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join(1.0)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.is_alive = False


def child() -> None:
    job = pickle.load(sys.stdin.buffer)
    out = sys.stdout.buffer
    _Prover(*job, out=out).run()


class _Prover:
    def __init__(self, arrays: Arrays, seed: int, seconds: float, target: int, *, out: IO[bytes]) -> None:
        self.arrays, self.seed, self.out = arrays, seed, out
        self.deadline = time.monotonic() + seconds
        self.relaxation = Relaxation(arrays)
        self.ascent = Ascent(self.relaxation, float(target))
        self._sent: int | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin.buffer:
            self.ascent.target = min(self.ascent.target, float(line))

    def _send(self, *message: object) -> None:
        pickle.dump(message, self.out)
        self.out.flush()

    def _send_bound(self) -> None:
        bound = self.ascent.proven
        if bound is not None and (self._sent is None or bound > self._sent):
            self._sent = bound
            self._send("bound", bound)

    @property
    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def run(self) -> None:
        patience = time.monotonic() + FIRST_SHARE * self._left
        for _ in range(FIRST_STEPS):
            self.ascent.step()
            self._send_bound()
            if time.monotonic() > patience:
                break
        self._solve_relaxations()
        self._ascend()

    def _solve_relaxations(self) -> None:
        pinned = np.flatnonzero(self.arrays.col_pinned)
        known = self.ascent.seen > 0
        known[self._cheapest_of_each_need()] = True
        for _ in range(ROUNDS):
            known[pinned] = False
            columns = np.flatnonzero(known)
            if len(columns) > MOST_COLUMNS or self._left < 1:
                return
            model = build_model(self.arrays, columns, pinned, integral=False)
            answer = solve_lp(model, seconds=self._left, seed=self.seed)
            if answer is None:
                return
            prices = self.relaxation.project(self._prices(model, answer.rows))
            value, _, picked = self.relaxation.evaluate(prices)
            if value > self.ascent.bound:
                self.ascent.restart(prices, 0.05)
                self.ascent.bound = value
            self._send_bound()
            self._send("guide", model.columns, answer.reduced)
            fresh = known.copy()
            fresh[picked] = True
            fresh[self._own_best(prices)] = True
            if answer.objective - value < 0.002 * abs(answer.objective) or (fresh == known).all():
                return
            known = fresh

    def _prices(self, model: Model, duals: Floats) -> Floats:
        needs, relaxation = self.arrays.needs, self.relaxation
        prices = relaxation.start()
        has = model.need_rows >= 0
        prices[:needs][has] = duals[model.need_rows[has]]
        has = model.cut_rows >= 0
        prices[needs : 2 * needs][has] = duals[model.cut_rows[has]]
        slots = np.flatnonzero(relaxation.slots.link >= 0)
        owners = self.arrays.col_volunteer[relaxation.slots.first_col[slots]].tolist()
        for i, pair in enumerate(zip(owners, relaxation.link_session.tolist(), strict=True)):
            row = model.link_rows.get(pair)
            if row is not None:
                prices[2 * needs + i] = -duals[row]
        return prices

    def _own_best(self, prices: Floats) -> Ints:
        """Each volunteer's cheapest columns at these prices."""
        price = self.relaxation.column_prices(prices)
        order = np.lexsort((price, self.arrays.col_volunteer))
        rank = np.arange(len(order)) - self.arrays.col_of_volunteer[self.arrays.col_volunteer[order]]
        return order[(rank < OWN_BEST) & (price[order] < 0)]

    def _cheapest_of_each_need(self) -> Ints:
        columns, price = self.arrays.need_cols, self.arrays.col_cost
        order = columns[np.lexsort((price[columns], self.arrays.col_need[columns]))]
        rank = np.arange(len(order)) - self.arrays.col_of_need[self.arrays.col_need[order]]
        return order[rank < NEED_BEST]

    def _ascend(self) -> None:
        report = time.monotonic() + 0.5
        while self._left > 0 and self.ascent.factor > 1e-7:
            self.ascent.step()
            if time.monotonic() > report:
                self._send_bound()
                report = time.monotonic() + 0.5
        self._send_bound()

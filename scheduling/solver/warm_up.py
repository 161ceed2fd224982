"""Compile what is compiled, so that a first run is no slower than the second."""

import numpy as np

from scheduling.solver import anneal
from scheduling.solver.build import build
from scheduling.solver.construct import construct
from scheduling.solver.model import build_model
from scheduling.solver.problem import Need, Problem, Session, Volunteer, Weights
from scheduling.solver.relax import Relaxer
from scheduling.solver.relaxation import Relaxation
from scheduling.solver.repair import Repairer
from scheduling.solver.whatif import Asker, Barred


def warm_up() -> None:
    """Run every compiled function once, on a problem of two sessions."""
    needs = (Need(skill="a", min=1, target=2),)
    problem = Problem(
        travel=((0,),),
        sessions=(Session(start=0, end=60, needs=needs), Session(start=90, end=120, needs=needs)),
        volunteers=tuple(Volunteer(skills=frozenset("a"), available=((0, 1440),)) for _ in range(4)),
        weights=Weights(min={1: 100}, target=10, fair_step=1),
    )
    arrays = build(problem)
    plan = construct(arrays)
    anneal.warm_up(arrays, plan)
    relaxation = Relaxation(arrays)
    relaxation.evaluate(relaxation.start())
    build_model(arrays, np.arange(1, arrays.columns), np.zeros(1, dtype=np.int64))
    Relaxer(Repairer(problem, ())).smallest(0, 0)
    Asker(problem, ()).ask(Barred(0, 0))

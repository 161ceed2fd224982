"""The bound's own process."""

from scheduling.solver.build import Arrays
from scheduling.solver.incumbent import Incumbent


class BoundProcess:
    def __init__(self, arrays: Arrays, *, seed: int, deadline: float) -> None:
        self.is_alive = False

    def poll(self, incumbent: Incumbent) -> None:
        return

    def stop(self) -> None:
        return

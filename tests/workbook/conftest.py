import datetime as dt
from typing import Any

import pytest


@pytest.fixture
def in_november(at_time: Any) -> None:
    at_time(dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC))

"""The installation's settings with data of its own: a test run never touches ./.data."""

import os
from pathlib import Path

_cache = Path(__file__).resolve().parent.parent / ".pytest_cache"
os.environ.setdefault("DATA_DIR", str(_cache / f"data{os.environ.get('TEST_DB_SUFFIX', '')}"))

from hub.config.settings import *  # noqa: E402, F403

# Tests run at any hour.
QUIET_HOURS = ""

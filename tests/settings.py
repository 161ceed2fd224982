"""The installation's settings with data of its own: a test run never touches ./.data."""

import os
from pathlib import Path

_cache = Path(__file__).resolve().parent.parent / ".pytest_cache"
os.environ.setdefault("DATA_DIR", str(_cache / f"data{os.environ.get('TEST_DB_SUFFIX', '')}"))

from hub.config.settings import *  # noqa: E402, F403

# Tests run at any hour.
QUIET_HOURS = ""

# Else every test client that asks something walks the built front end first.
WHITENOISE_AUTOREFRESH = True
# A commit needs not outlive a loss of power here.
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    DATABASES["default"]["OPTIONS"]["options"] = "-c jit=off -c synchronous_commit=off"  # noqa: F405

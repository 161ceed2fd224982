"""Session data at rest: a phone number waits in it for its code, so it is encrypted like every phone number."""

from __future__ import annotations

import json
from typing import Any

from hub.sealed import seal, unseal

LABEL = "session"


class SealedSerializer:
    def dumps(self, data: Any) -> bytes:
        return seal(json.dumps(data, separators=(",", ":")).encode(), label=LABEL)

    def loads(self, sealed: bytes) -> Any:
        return json.loads(unseal(sealed, label=LABEL))

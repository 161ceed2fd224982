"""What other apps may need to hear of a session. Sent with plain `send` inside the transaction: a failing receiver
rolls the change back.

Each carries `session` (as it is now), `by` (the acting Person or None); `session_moved` also `before`
({starts_at, ends_at, hub_id, room_id}), `session_cancelled` also `reason`.
"""

from django.dispatch import Signal

session_moved = Signal()
session_cancelled = Signal()

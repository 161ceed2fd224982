"""What other apps may need to hear of a session. Sent with plain `send` inside the transaction: a failing receiver
rolls the change back, so a receiver may also refuse it.

Each carries `session` (as it is now), `by` (the acting Person or None); `session_moved` and `session_edited` also
`before` (the fields that changed, as they were), `session_cancelled` also `reason`; `session_cancelling` comes before
anything was cancelled.
`needs_changing` comes before needs change: `session` and `targets` ({need id: places wanted, 0 for one to go}).
"""

from django.dispatch import Signal

session_moved = Signal()
session_edited = Signal()
session_cancelling = Signal()
session_cancelled = Signal()
needs_changing = Signal()

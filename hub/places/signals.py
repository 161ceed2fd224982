"""What those above need to know of rooms and kits. Sent with `send` inside the transaction: a receiver may refuse.

`room_changed` carries `room` (as it is now, locked) and `by`; `kit_leaving` carries `kit`, before it goes.
"""

from django.dispatch import Signal

room_changed = Signal()
kit_leaving = Signal()

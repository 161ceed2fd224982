"""What this app tells those above it, in the transaction, the session locked: a failing receiver undoes all."""

from django.dispatch import Signal

place_left_open = Signal()
"""Somebody can't come, or let their turn go by, and nobody waits for the place: `session`, `need` (id), `left` (their
volunteer's id), `by`."""

place_taken = Signal()
"""Somebody has a place in `need` (id) of `session`."""

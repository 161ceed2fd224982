"""What this app tells those above it, in the transaction, the session locked: a failing receiver undoes all."""

from django.dispatch import Signal

place_left_open = Signal()
"""Somebody can't come, or let their turn go by, and nobody waits for the place: `session`, `need` (id), `left` (their
volunteer's id), `by`."""

place_taken = Signal()
"""Somebody has a place in each of `needs` (id -> its session). `seen`: what was read of the one need under its lock for
those above (standing.also_read); none where nothing was."""

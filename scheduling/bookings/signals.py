"""What this app tells those above it, in the transaction, the session locked: a failing receiver undoes all."""

from django.dispatch import Signal

booking_ended = Signal()
"""A child has no place any more, given back or the session cancelled: `session`, `participant` (their person's id)."""

booking_moved = Signal()
"""A child goes to another session instead: `session` (which they leave), `to` (the other), `participant` (their
person's id)."""

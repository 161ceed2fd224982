"""Sent inside the transaction that made it so."""

from django.dispatch import Signal

robot_set = Signal()
"""`hub` (id): its group can be told from now on."""

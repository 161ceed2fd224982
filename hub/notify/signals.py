"""Sent inside the transaction that made it so."""

from django.dispatch import Signal

robot_set = Signal()
"""`hub` (id): its group can be told from now on."""

message_died = Signal()
"""`key`: of a message that did not go out, or nobody knows."""

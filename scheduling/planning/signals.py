"""Sent inside the transaction that made it so."""

from __future__ import annotations

from django.dispatch import Signal

run_queued = Signal()
"""`run_id`: a run waits for a worker."""

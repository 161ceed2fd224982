"""What other apps may need to hear of people. Sent with plain `send` inside the transaction: a failing receiver rolls
the change back."""

from django.dispatch import Signal

roles_changed = Signal()
"""`person_id`: what they may see has changed. Who listens to live topics is checked again."""

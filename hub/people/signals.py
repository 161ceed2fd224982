"""What other apps may need to hear of people. Sent with plain `send` inside the transaction: a failing receiver rolls
the change back."""

from django.dispatch import Signal

roles_changed = Signal()
"""`person_id`: what they may see has changed. Who listens to live topics is checked again."""

data_consent_withdrawn = Signal()
"""`child`, `by`: the guardian took back the consent to keep the child's data. Its row and its guardian's are locked:
places to come are to be given up. Sent `told_together`."""

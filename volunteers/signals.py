"""What other apps may need to hear of volunteers. Sent with plain `send` inside the transaction: a failing receiver
rolls the change back."""

from django.dispatch import Signal

consent_refused = Signal()
"""`volunteer`, a minor, `by`: their guardian does not agree, or not any more."""

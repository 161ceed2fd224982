"""Sending in the background."""


def wake() -> None:
    """Placeholder until the sender stands."""

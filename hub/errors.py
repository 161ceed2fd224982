"""A denial as a value. It knows no HTTP: hub.config.api maps it to a status, the front end words it."""


class Refused(Exception):
    """A rule said no.

    `code` is a stable identifier (`need_full`, `clash`, `not_allowed`, `not_found`); `facts` holds JSON-ready ids and
    numbers a screen may need to say why and what to do, never personal data.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code

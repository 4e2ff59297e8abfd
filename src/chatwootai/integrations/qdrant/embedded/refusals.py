"""What the embedded Qdrant says no to."""


class Refused(Exception):
    """An answer with `status` and a reason; nothing was done."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def unsupported(what: object) -> Refused:
    """For what a real server can do and this one cannot."""
    return Refused(501, f"{type(what).__name__} is not supported by the embedded Qdrant")

"""What can go wrong for a person: a sentence that says what happened and one that says what to do."""


class UserError(Exception):
    """A refusal meant for the person in front of the screen.

    `what` says what happened, `remedy` what to do; both are plain Chinese sentences.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what}{self.remedy}"


class FieldError(UserError):
    """A value that does not fit its field; `field` is the field's identifier."""

    def __init__(self, field: str, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.field = field


class Cancelled(Exception):  # noqa: N818 - a wish, not an error
    """The person stopped a long piece of work; nothing was changed."""

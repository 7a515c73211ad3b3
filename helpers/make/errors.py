"""The one error of this package."""


class MakeError(ValueError):
    """A made world was asked for that can't be made; the text says what to give instead."""

"""The one error of this package."""


class ProtectError(ValueError):
    """A release was asked for that can't be made; the text says what to give instead."""

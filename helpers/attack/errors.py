"""The one error of this package."""


class AttackError(ValueError):
    """An attack that can't be run as asked; the text says what to give instead."""

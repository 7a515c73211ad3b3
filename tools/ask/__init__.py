"""Questions to a reader's own file: file, me."""

import re

OPTIONS = {"at_least": "minutes"}  # what a choice is called on the command line, where not alike
CHOICE = r"\b(zone|dates|profile|titles|encoding|days|until|at_least|who|viewer)=(?=([^\s:;,.)]?))"


def as_typed(message: str) -> str:
    """A message with its choices as they are typed: zone='Europe/Berlin' as --zone 'Europe/Berlin'.

    >>> as_typed("give zone= of the account, such as zone='Europe/Berlin'")
    "give --zone of the account, such as --zone 'Europe/Berlin'"
    """

    def typed(found: re.Match[str]) -> str:
        return f"--{OPTIONS.get(found[1], found[1])}" + " " * bool(found[2])

    return re.sub(CHOICE, typed, message)

"""What a publisher does to a log before others see it."""

from helpers.protect import desk
from helpers.protect.pseudonyms import ProtectError, Published, pseudonymise, release

__all__ = ["ProtectError", "Published", "desk", "pseudonymise", "release"]

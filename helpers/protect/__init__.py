"""What a publisher does to a log before others see it."""

from helpers.protect import gateway
from helpers.protect.pseudonyms import ProtectError, Published, pseudonymise, release, retention

__all__ = ["ProtectError", "Published", "gateway", "pseudonymise", "release", "retention"]

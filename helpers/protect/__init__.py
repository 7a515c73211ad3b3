"""What a publisher does to a log before others see it."""

from helpers.protect import audit, creeping, desk, gateway, histogram
from helpers.protect.pseudonyms import ProtectError, Published, pseudonymise, release, retention

__all__ = ["ProtectError", "Published", "audit", "creeping", "desk", "gateway", "histogram"]
__all__ += ["pseudonymise", "release", "retention"]

"""What a publisher does to a log before others see it."""

from helpers.protect import audit, budget, creeping, desk, gateway, histogram, noise
from helpers.protect.pseudonyms import ProtectError, Published, pseudonymise, release, retention

__all__ = ["ProtectError", "Published", "audit", "budget", "creeping", "desk", "gateway"]
__all__ += ["histogram", "noise", "pseudonymise", "release", "retention"]

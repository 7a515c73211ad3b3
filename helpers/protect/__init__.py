"""What a publisher does to a log before others see it."""

from helpers.protect import audit, budget, creeping, desk, gateway, noise
from helpers.protect.pseudonyms import ProtectError, Published, pseudonymise, release, retention

__all__ = ["ProtectError", "Published", "audit", "budget", "creeping", "desk", "gateway", "noise"]
__all__ += ["pseudonymise", "release", "retention"]

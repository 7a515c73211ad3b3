"""What a publisher does to a log before others see it."""

from .errors import ProtectError
from .pseudonyms import Published, pseudonymise

__all__ = ["ProtectError", "Published", "pseudonymise"]

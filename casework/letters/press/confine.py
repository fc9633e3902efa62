"""Limits that this process gives itself before it reads anything, and can never lift again."""

import resource
from typing import Final

SECONDS: Final = 15
"""Of processor, for one letter."""

_MEMORY: Final = 1024 * 1024 * 1024
_LIMITS: Final = {
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_AS: _MEMORY,
    resource.RLIMIT_FSIZE: 0,  # no file is written: what is made leaves by the pipe
    resource.RLIMIT_CORE: 0,  # a letter is never left behind in a core
    resource.RLIMIT_NOFILE: 128,
}


def confine() -> None:
    """Lower every limit, for good."""
    for which, most in _LIMITS.items():
        _, hard = resource.getrlimit(which)
        lowered = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (lowered, lowered))

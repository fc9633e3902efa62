"""What the child may take of the machine, set by itself before it reads a byte that is not ours."""

import resource
from collections.abc import Mapping
from typing import Final

_GIBIBYTE: Final = 1 << 30
_LIMITS: Final[Mapping[int, int]] = {
    resource.RLIMIT_AS: _GIBIBYTE,
    resource.RLIMIT_CPU: 25,  # seconds
    resource.RLIMIT_CORE: 0,  # what it held is in no file, even when it breaks
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 32,
    resource.RLIMIT_NPROC: 0,
}


def limit() -> None:
    """Bind this process; nothing can raise these limits again."""
    for which, most in _LIMITS.items():
        resource.setrlimit(which, (most, most))

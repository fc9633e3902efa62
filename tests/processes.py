"""Other processes of a test: real ones, forked from a server that has imported the service."""

from multiprocessing import get_context
from typing import Final

PROCESSES: Final = get_context("forkserver")
# What a fresh interpreter would spend a second importing, each time.
PROCESSES.set_forkserver_preload(["tests.town"])

"""The two applications: ours as it is put together, and the same with the plain case service."""

from collections.abc import Callable
from typing import Any

from casework.cases.service.cases import CaseService
from casework.operations.bench.floor import Answers, PlainCases
from casework.operations.instance import Instance, open_instance, system_edges
from casework.runtime import Runtime
from casework.settings import Settings

Build = Callable[[Runtime, Settings], Any]
"""Puts our application together: given from above, where that is done."""


def floor_of(build: Build, instance: Instance, answers: Answers) -> Any:
    """Return the floor: same sessions, headers, pages and templates; cases without any of ours."""
    application = build(instance, instance.settings)
    edges = instance.edges
    plain = PlainCases(instance.stores.main.engine, answers, edges.clock, edges.entropy)
    application.extensions["casework"][CaseService] = plain
    return application


def serve_floor(build: Build, settings: Settings, answers: Answers) -> Any:
    """Build the floor in a worker of its own."""
    return floor_of(build, open_instance(settings, system_edges()), answers)


def serve_ours(build: Build, settings: Settings) -> Any:
    """Build our application in a worker of its own."""
    return build(open_instance(settings, system_edges()), settings)

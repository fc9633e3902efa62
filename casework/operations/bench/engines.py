"""Other engines for rules, asked the same in the same run, where they are installed."""

import time
from importlib import import_module
from statistics import median
from typing import Final

from casework.charters.charter import Charter
from casework.charters.facts import CaseFacts, Standing
from casework.charters.outcome import Wanted
from casework.operations.bench.cedar import entities_of, policies_of, request_of

CEDAR: Final = "cedarpy"
_CALLS: Final = 400
_TRIES: Final = 7


def ask_cedar(charter: Charter, pair: tuple[Standing, CaseFacts], wanted: Wanted) -> float:
    """Return the seconds of one answer by cedarpy, its policies and entities read beforehand."""
    cedar = import_module(CEDAR)
    policies = cedar.PolicySet.from_str(policies_of(charter))
    entities = cedar.Entities.from_json_str(entities_of([pair]))
    request = request_of(0, wanted)
    if not cedar.is_authorized(request, policies, entities).allowed:
        raise LookupError("cedarpy refuses what the charter allows")
    taken = []
    for _ in range(_TRIES):
        began = time.process_time()
        for _ in range(_CALLS):
            cedar.is_authorized(request, policies, entities)
        taken.append(time.process_time() - began)
    return median(taken) / _CALLS

"""A new secret while others work: whoever is under way seals to it, or is waited for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from casework.keys import gateway
from casework.keys.service.running import for_organisation
from tests.leaving import opens, read
from tests.queueing import PATIENCE, insist, let_queue
from tests.town import COUNCIL, Town


@pytest.mark.parametrize("body", ["street_work", "coordination"])
def test_a_key_kept_or_granted_while_the_secret_changes_still_opens(
    town: Town, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, drawn, add_ring = Event(), Event(), gateway.add_ring

    def slowly(*given: object) -> None:
        add_ring(*given)  # type: ignore[arg-type]
        if not kept.is_set():
            kept.set()
            # Were nobody waited for, the older seals would be gone by then.
            let_queue(town.runtime.stores.main, drawn)

    def rotate() -> None:
        assert kept.wait(PATIENCE)
        service = for_organisation(COUNCIL, town.bodies[body])
        insist(lambda: town.runtime.custody_service.rotate(service))
        drawn.set()

    monkeypatch.setattr(gateway, "add_ring", slowly)
    with ThreadPoolExecutor(2) as pool:
        sent, done = pool.submit(town.refer), pool.submit(rotate)
        case_id = sent.result(PATIENCE)
        done.result(PATIENCE)
    assert opens(read(town, case_id, body))
    assert _behind(town) == {(0, 0)}


def _behind(town: Town) -> set[tuple[int, int]]:
    bodies = town.runtime.key_status.of(COUNCIL).organisations
    return {(one.behind, one.former_seals) for one in bodies}

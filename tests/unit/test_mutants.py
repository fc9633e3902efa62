"""What no test notices in the rules is accepted one by one, each with its reason."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def mutate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutate", ROOT / "tools/mutate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_accepted_mutant_still_exists_and_has_its_reason(mutate: ModuleType) -> None:
    accepted: dict[str, str] = mutate.accepted()
    paths = {line.partition("\t")[0] for line in accepted}
    there = {str(one) for path in paths for one in mutate.mutants(path)}
    assert set(accepted) - there == set()
    assert [line for line, reason in accepted.items() if len(reason.split()) < 4] == []


def test_every_module_of_rules_is_changed_somewhere(mutate: ModuleType) -> None:
    for path in mutate.MODULES:
        assert next(iter(mutate.mutants(path)), None) is not None, path


def test_a_mutant_differs_in_one_place(mutate: ModuleType) -> None:
    changed = list(mutate.mutants("casework/charters/decision.py"))
    assert all(one.was != one.becomes for one in changed)
    assert len({one.source for one in changed}) == len(changed)

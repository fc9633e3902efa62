"""Chapter 14: an old copy of the main database comes back, and opens nothing of what was erased."""

from dataclasses import replace
from typing import Final

from casework.demo.check.copying import opened, read_in, shared_texts
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import Stage


def opens_nothing(stage: Stage) -> None:
    """La copie restaurée retrouve la situation et n’en ouvre plus un mot : ses clés sont mortes."""
    if words_in_copy(stage):
        raise CheckFailed("des valeurs s’ouvrent encore dans la copie")


def words_in_copy(stage: Stage) -> list[str]:
    """Return what the copy of the main database still opens of the case, with today's keys."""
    if stage.copy is None:
        raise CheckFailed("aucune copie n’a été faite")
    settings = replace(stage.house.settings, database_url=f"sqlite:///{stage.copy}")
    file = read_in(stage, settings, stage.personas["coordinator"])
    told = [*shared_texts(file), *(one.text for one in file.notes)]
    if not told:
        raise CheckFailed("la copie ne contient pas la situation")
    return opened(told)


STEPS: Final = (opens_nothing,)

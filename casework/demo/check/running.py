"""Runs the chapters in their order, a line for each step, and stops at the first that fails."""

from collections.abc import Callable
from typing import Final

from casework.demo.check import (
    acting,
    controlling,
    families,
    forgetting,
    helping,
    leaving,
    meeting,
    recovering,
    referring,
    refusing,
    reminding,
    restoring,
    searching,
    signing_in,
    triaging,
)
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import House, Persona, Stage, member_of
from casework.demo.families.council import families_of
from casework.demo.network import people
from casework.demo.shapes import Case, World
from casework.demo.world import CASES, each_case
from casework.errors import CaseworkError

CHAPTERS: Final = (
    ("Arriver", signing_in),
    ("Saisir", referring),
    ("Trier", triaging),
    ("Se réunir", meeting),
    ("Agir", acting),
    ("Refuser", refusing),
    ("Orienter une victime", helping),
    ("Contrôler", controlling),
    ("Entendre une famille", families),
    ("Un partenaire s’en va", leaving),
    ("Un mot de passe oublié", recovering),
    ("Rappeler à l’ordre", reminding),
    ("Oublier", forgetting),
    ("Restaurer", restoring),
    ("Chercher", searching),
)
_SEARCHED: Final = 1_000
_FAULTS: Final = (CheckFailed, CaseworkError, LookupError, StopIteration)

Say = Callable[[str], None]


def run(house: House, world: World, say: Say) -> bool:
    """Play every chapter; return whether all of it holds."""
    stage = raise_curtain(house, world)
    for title, chapter in CHAPTERS:
        say(title)
        for step in chapter.STEPS:
            if not _done(stage, step, say):
                return False
    return True


def raise_curtain(house: House, world: World) -> Stage:
    """Return the stage before the first step."""
    stage = Stage(house, world, _newcomer(world))
    stage.personas |= {
        "coordinator": Persona.of(member_of(world, "municipality", "coordinator")),
        "teacher": Persona.of(member_of(world, "education")),
        "landlord": Persona.of(member_of(world, "landlord")),
        "officer": Persona.of(member_of(world, "national_police")),
        "dpo": Persona.of(member_of(world, "data_protection", "dpo")),
        "archives": Persona.of(member_of(world, "archives", "archives")),
    }
    council = families_of(world)
    if council is not None:
        stage.personas |= {
            "families": Persona.of(council.member("municipality", "coordinator")),
            "deputy": Persona.of(council.member("municipality")),
            "college": Persona.of(council.member("education")),
            "departement": Persona.of(council.member("social_service")),
            "centre": Persona.of(council.member("social_centre")),
            "housing": Persona.of(council.member("landlord")),
        }
    roles = ("victim_worker", "victim_service", "other_service")
    stage.personas |= dict(zip(roles, map(Persona.of, people(world)), strict=True))
    return stage


def _newcomer(world: World) -> Case:
    """Return the next case of the group whose accounts are open, which the world does not hold."""
    start, group = CASES[world.size], world.groups[0].key
    coming = each_case(world, start, start + _SEARCHED)
    return next(case for case in coming if case.group == group)


def _done(stage: Stage, step: Callable[[Stage], None], say: Say) -> bool:
    sentence = (step.__doc__ or step.__name__).strip().rstrip(".")
    try:
        step(stage)
    except _FAULTS as fault:
        say(f"  ✗ {sentence}\n    {type(fault).__name__} : {fault}")
        return False
    say(f"  ✓ {sentence}")
    return True

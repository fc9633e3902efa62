"""The switch of the consultation of presence: off, on for those it names, never for victims."""

import pytest

from casework.charters.loading import check, load
from casework.charters.vocabulary import Recipient
from tests.neighbours import text_with_presence
from tests.town import CHARTER


def sentences(text: str) -> list[str]:
    return [one.sentence for one in check(text)]


def test_a_charter_that_says_nothing_leaves_it_off() -> None:
    assert not load(CHARTER.read_text(encoding="utf-8")).presence.on


def test_a_charter_switches_it_on_by_an_article() -> None:
    presence = load(text_with_presence()).presence
    assert presence.article == "20"
    assert presence.recipients == (Recipient.COORDINATOR, Recipient.MEMBER)


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('article = "20"', 'article = "99"', "L’article 99 n’existe pas."),
        ('article = "20"\n', "", "« article » doit être un texte."),
        ('["coordinator", "member"]', "[]", "« recipients » doit être une liste de codes."),
        ('"member"]', '"dpo"]', "« dpo » n’ouvre pas de situation : rien à demander."),
        ('"member"]', '"mayor"]', "« mayor » n’est pas un code connu pour « recipients »."),
        (
            "recipients",
            "recipient",
            "« recipient » n’est pas connu ici (vouliez-vous dire « recipients » ?).",
        ),
    ],
)
def test_each_fault_of_the_part_is_told(good: str, bad: str, said: str) -> None:
    head, part = text_with_presence().split("[presence]\n")
    worse = f"{head}[presence]\n{part.replace(good, bad, 1)}"
    assert said in sentences(worse)


def test_a_charter_for_victims_cannot_switch_it_on() -> None:
    victims = text_with_presence().replace('kind = "followup"', 'kind = "victim"', 1)
    found = [one for one in sentences(victims) if "consultation de présence" in one]
    assert len(found) == 1
    assert "code pénal, art. 226-13" in found[0]

"""A town in the middle of its work, so that every page has something to show and to keep."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from casework.cases.orders import NewAction
from casework.cases.values import NewPerson
from casework.demo.revision import revised
from casework.documents.values import Sent
from casework.enquiries.values import NewEnquiry
from casework.identity import Reason
from casework.retention.policy import HoldReason
from casework.retention.values import NewHold
from tests.gathering import accepted, close, decide, keep, listed, open_meeting, sweep, today, visa
from tests.papers import here, plain_pdf
from tests.planted import Planted, told_by, told_of
from tests.town import CHARTER, Town

MAILYS: Final = NewPerson(
    relation="subject",
    family_name="Zéphirinquois",
    given_name="Maïlys",
    birth_date=date(2010, 5, 17),
    address="4 impasse des Hêtres-Bavards",
    phone="06 39 98 00 17",
    school="Collège des Nuages-Distraits",
)
PARENT: Final = NewPerson(
    relation="legal_representative",
    family_name="Zéphirinquois",
    given_name="Fulbertine",
    phone="06 39 98 00 71",
)
TANCREDE: Final = NewPerson(
    relation="subject",
    family_name="Oulmevrac",
    given_name="Tancrédo",
    birth_date=date(2008, 11, 3),
    address="27 quai des Loutres-Savantes",
    school="Lycée des Marées-Hautes",
)
ELIETTE: Final = NewPerson(
    relation="subject",
    family_name="Pharamondec",
    given_name="Éliettine",
    birth_date=date(2012, 2, 29),
    address="9 venelle du Chat-Botaniste",
)
ODILON: Final = NewPerson(
    relation="subject",
    family_name="Vandelorbier",
    given_name="Odilonnet",
    birth_date=date(2009, 7, 14),
)
PERSONS: Final = (MAILYS, PARENT, TANCREDE, ELIETTE, ODILON)
REPORTER: Final = "Mme Corbinguy, gardienne inventée"
FACT: Final = (
    "Huit demi-journées d’absence depuis six semaines, et deux soirs place des Tilleuls-Penchés."
)
WORDS: Final = "Elle m’a dit qu’elle ne dormait plus chez sa grand-mère depuis la Toussaint."
QUESTION: Final = "Depuis quand le collège inventé a-t-il signalé la première absence ?"
ANSWER: Final = "Depuis la rentrée inventée, par deux courriers restés sans réponse."
SHARED: Final = "Rencontrée devant le gymnase inventé ; d’accord pour un rendez-vous mardi."
SCHOOL: Final = "Retour en classe possible le lundi, avec un emploi du temps allégé inventé."
NOTE: Final = "Le grand frère inventé appelle le service chaque vendredi matin."
DETAIL: Final = "Proposer la passerelle inventée du mardi et du jeudi."
OUTCOME: Final = "Vue avec sa grand-mère inventée ; elle commence jeudi prochain."
ENQUIRED: Final = "Pourquoi cette lecture inventée, un dimanche soir vers onze heures ?"
ADDRESSEE: Final = "Mme Quintevrac, cheffe d’un service inventé"
TITLE: Final = "Certificat inventé du docteur Ouistiqueval, pour la demi-pension"
REPLIED: Final = "Une astreinte inventée : le foyer appelait pour une fugue."
TEXTS: Final = (
    *(REPORTER, FACT, WORDS, QUESTION, ANSWER, SHARED, SCHOOL, NOTE, DETAIL, OUTCOME),
    *(ENQUIRED, ADDRESSEE, REPLIED, TITLE),
)


def planted() -> Planted:
    """Return everything told in confidence in this town."""
    return Planted.of([*_of_persons(), *_of_texts()])


def _of_persons() -> Iterator[str]:
    for person in PERSONS:
        yield from told_of(person)


def _of_texts() -> Iterator[str]:
    for text in TEXTS:
        yield from told_by(text)


@dataclass
class Scene:
    """The cases and meetings of the town, by what they show."""

    town: Town
    cases: dict[str, UUID] = field(default_factory=dict)
    actions: dict[str, UUID] = field(default_factory=dict)
    meetings: dict[str, UUID] = field(default_factory=dict)
    enquiries: dict[str, UUID] = field(default_factory=dict)
    charters: dict[str, UUID] = field(default_factory=dict)

    def contribute(self, body: str, case: str, text: str) -> None:
        who = self.town.who(body)
        self.town.runtime.cases.contribute(who, Reason.DUTY, self.cases[case], text)

    def note(self, body: str, case: str, text: str) -> None:
        who = self.town.who(body)
        self.town.runtime.cases.note(who, Reason.DUTY, self.cases[case], text)

    def attach(self, body: str, case: str, title: str) -> UUID:
        """Add a document, which is rewritten without waiting for a child."""
        who, sent = self.town.who(body), Sent(title, "a.pdf", plain_pdf())
        return here(self.town).add(who, Reason.DUTY, self.cases[case], sent)

    def act(self, body: str, case: str, kind: str, **more: Any) -> UUID:
        """Give the member of a body something to do; return the action."""
        town = self.town
        due = today(town) + timedelta(days=more.pop("days", 10))
        action = NewAction(kind, more.get("detail", ""), town.members[body], town.bodies[body], due)
        who = town.who("coordination")
        opened = town.runtime.actions.open(who, Reason.DUTY, self.cases[case], action)
        self.actions[kind] = opened
        return opened


def set_scene(town: Town) -> Scene:
    """Live three months: cases in every state, meetings, actions, lists, a hold, enquiries."""
    scene = Scene(town)
    _forget_one(scene)
    _hold_one(scene)
    _follow_one(scene)
    _leave_some_waiting(scene)
    _sit_down(scene)
    _enquire(scene)
    _revise(scene)
    town.extra["scene"] = {name: one for name, one in vars(scene).items() if name != "town"}
    return scene


def scene_of(town: Town) -> Scene:
    """Return the scene of a town in which it was set."""
    return Scene(town, **town.extra["scene"])


def told(*persons: NewPerson, **changed: Any) -> dict[str, Any]:
    """Return how a referral differs: other persons, the same words."""
    return {"persons": persons, "fact": FACT, "reporter": REPORTER, "words": WORDS, **changed}


def _forget_one(scene: Scene) -> None:
    """Erase a case whole, and leave another on a list that waits for its visa."""
    town = scene.town
    gone, waiting = (accepted(town, **told(ODILON)) for _ in range(2))
    scene.cases["erased"] = gone
    scene.cases["sealed"] = waiting
    visa(town, listed(town, gone))
    close(town, waiting)
    sweep(town)
    town.clock.advance(days=93)
    sweep(town)


def _hold_one(scene: Scene) -> None:
    town = scene.town
    held = accepted(town, **told(ELIETTE))
    keep(town, held)
    close(town, held)
    scene.cases["closed"] = held
    hold = NewHold(HoldReason.COMPLAINT, today(town) + timedelta(days=60))
    town.runtime.retention.hold(town.who("dpo"), held, hold)


def _follow_one(scene: Scene) -> None:
    """Follow somebody with a lead, a school, words of both, actions late, soon and done."""
    town = scene.town
    scene.cases["followed"] = accepted(town, **told(MAILYS, PARENT))
    scene.meetings["closed"] = keep(town, scene.cases["followed"])
    town.name(scene.cases["followed"], "school")
    scene.contribute("street_work", "followed", SHARED)
    scene.act("street_work", "followed", "meet_parents", days=2)
    done = scene.act("school", "followed", "school_contact", days=5)
    town.runtime.actions.report(town.who("school"), Reason.DUTY, done, 1, ("done", OUTCOME))
    town.clock.advance(days=4)
    scene.act("street_work", "followed", "bridge_place", days=6, detail=DETAIL)
    scene.contribute("school", "followed", SCHOOL)
    scene.note("street_work", "followed", NOTE)
    scene.attach("school", "followed", TITLE)


def _leave_some_waiting(scene: Scene) -> None:
    town = scene.town
    scene.cases["referred"] = town.refer(**told(TANCREDE))
    scene.cases["questioned"] = town.refer(**told(ELIETTE))
    scene.cases["answered"] = town.refer("school", **told(ODILON))
    coordinator, referrals = town.who("coordination"), town.runtime.referrals
    for case in ("questioned", "answered"):
        referrals.ask(coordinator, Reason.DUTY, scene.cases[case], 1, QUESTION)
    referrals.answer(town.who("school"), Reason.DUTY, scene.cases["answered"], 2, ANSWER)


def _sit_down(scene: Scene) -> None:
    town = scene.town
    first, second = (accepted(town, **told(one)) for one in (TANCREDE, ODILON))
    scene.cases["agenda"], scene.cases["decided"] = first, second
    town.name(first, "school")
    around = (first, second, scene.cases["followed"])
    scene.meetings["open"] = open_meeting(town, *around)
    decide(town, scene.meetings["open"], second, "kept", lead_id=town.members["street_work"])


def _enquire(scene: Scene) -> None:
    """Ask the members about readings: one waits for its answer, the other for its conclusion."""
    officer, enquiries = scene.town.who("dpo"), scene.town.runtime.examining.enquiries
    asked = NewEnquiry((1, 0), "hours", ENQUIRED, ADDRESSEE)
    scene.enquiries = {name: enquiries.open(officer, asked) for name in ("answered", "open")}
    enquiries.answer(officer, scene.enquiries["answered"], 1, REPLIED)


def _revise(scene: Scene) -> None:
    """Bring in a second version of the charter, which waits to be compared."""
    coordinator, charters = scene.town.who("coordination"), scene.town.runtime.charter_service
    text = revised(CHARTER.read_text(encoding="utf-8"))
    scene.charters["draft"] = charters.adopt(coordinator, Reason.DUTY, text)

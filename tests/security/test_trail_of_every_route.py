"""Every route that opens or changes something leaves its line, in the name of who asked."""

import re
from datetime import timedelta
from itertools import compress
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest

from tests.gathering import accepted, listed, today
from tests.holders import colleague, session_of
from tests.integration.api.program import program_of
from tests.integration.keys.recovery.test_recovery_pages import SPELLED
from tests.keepers import Keepers
from tests.office import office_of
from tests.scenery import set_scene
from tests.security.test_access_matrix import MATRIX
from tests.town import Town
from tests.walking import MUTE, STRANGERS, Walk
from tests.walking_by_asker import asks_presence
from tests.walking_by_body import bodies_answer
from tests.walking_by_charter import charter_follows
from tests.walking_by_confided import confide
from tests.walking_by_documents import attach
from tests.walking_by_families import refers_families
from tests.walking_by_letter import writes_letters
from tests.walking_by_links import keep_away
from tests.walking_by_officer import officer_asks
from tests.walking_by_program import by_program
from tests.walking_by_search import SHOWN, TWO_LINES, searches
from tests.walking_by_victims import refers_victims

# The ceremony is shown before the card is tried, and read again by what tries it: outside any
# transaction, since a card costs as much as a password.
# What the cards count in the register and the enquiries below them are of two keepings.
TWICE: Final = {
    "POST /cle-de-secours/ouvertures/<uuid:ceremony_id>", "GET /dpd/examen", *TWO_LINES,
}  # fmt: skip
# Lists that show nothing; invented people before invented cases; what is asked against the charter,
# in an emergency; how a group writes to anybody; and what law or the service's own rules give:
# one's drafts, session, keys, cards.
OUTSIDE_THE_CHARTER: Final = {
    "case:listed", "case:searched", "referral:listed", "action:listed", "meeting:listed",
    "access:asked", "access:listed", "access:reviewed", "access:simulated", "charter:read",
    "member:listed", "undertaking:signed",
    "draft:read", "draft:saved", "draft:discarded", "reason:changed", "session:closed",
    "session:locked", "register:read", "register:verified", "register:exported", "decoy:seen",
    "key:listed", "key:delivered", "key:rotated", "custody:changed", "holder:admitted",
    "holder:removed", "recovery:prepared", "escrow:founded", "escrow:drawn", "escrow:asked",
    "escrow:read", "escrow:answered", "enquiry:opened", "enquiry:read", "enquiry:listed",
    "enquiry:answered", "enquiry:concluded", "trail:read", "charter:drafted", "charter:compared",
    "charter:approved", "charter:signed", "charter:scheduled", "charter:withdrawn",
    "link:listed", "lift:refused", "review:read", "review:listed", "review:answered",
    "review:confirmed", "processing:read",
    "letter:listed", "letterhead:set", "template:listed", "template:read", "template:set",
    "template:removed",
}  # fmt: skip
LISTS_OF_THE_CHARTER: Final = {
    "case:listed", "referral:listed", "action:listed", "meeting:listed", "letter:listed"
}  # fmt: skip
CASE, MEETING = "/situations/<uuid:case_id>", "/seances/<uuid:meeting_id>"
DRAFT = "/saisines/brouillons/<uuid:draft_id>"
STEP = f"{DRAFT}/<int(min=1,max=3):step>"
BAD: Final = 400
COORDINATOR, WORKER = "coordination", "street_work"


@pytest.fixture
def walk(town: Town, tmp_path: Path) -> Walk:
    waiting = listed(town, accepted(town))
    scene = set_scene(town)
    office, program = office_of(town, tmp_path), program_of(town, tmp_path)
    people = {f"m:{body}": one for body, one in town.members.items()}
    ids: dict[str, UUID | str] = {**scene.cases, **people, **scene.actions}
    ids["group"] = town.group_id
    ids |= {"list": newest_list(town), "p:list": waiting}
    ids |= {f"meeting:{name}": one for name, one in scene.meetings.items()}
    walked = Walk(office, program, ids)
    for body in ("coordination", "street_work", "school", "dpo", "archives", "mission"):
        office.at(body)
    _lists(walked)
    charter_follows(walked)
    _drafts(walked)
    _referrals(walked)
    _cases(walked)
    confide(walked)
    attach(walked)
    writes_letters(walked)
    _meetings(walked)
    _control(walked)
    officer_asks(walked)
    bodies_answer(walked)
    _keys(walked)
    by_program(walked)
    searches(walked)
    keep_away(walked)
    asks_presence(walked)
    refers_victims(walked)
    refers_families(walked)
    _leave(walked)
    return walked


def newest_list(town: Town) -> UUID:
    return town.runtime.retention.lists(town.who("archives"))[0].id


def _lists(walk: Walk) -> None:
    for body in (COORDINATOR, WORKER, "dpo"):
        for route in ("/", "/a-traiter", "/actions", "/charte", "/cles", "/cle-de-secours",
                      "/saisines", "/saisines/nouvelle", "/seances", "/situations"):  # fmt: skip
            walk.get(body, route)
        walk.get(body, "/acces-exceptionnels")
    walk.post(WORKER, "/motif", reason="own_action")
    charter = walk.town.runtime.directory.groups()[walk.town.group_id].charter_id
    walk.post(WORKER, "/charte/engagement", "/charte", charter=str(charter), read="yes")


def _drafts(walk: Walk) -> None:
    group = str(walk.town.group_id)
    for name in ("draft", "left"):
        begun = walk.post(WORKER, "/saisines/brouillons", "/saisines/nouvelle", group_id=group)
        found = re.search(r"/brouillons/([0-9a-f-]+)/", begun.headers["Location"])
        assert found
        walk.ids[name] = found[1]
    pages = (
        {"family_name": "Inventée", "given_name": "Une", "birth_date": "17/05/2010",
         "commune": "67447"},
        {"reason": "truancy", "fact": "Un fait inventé.", "origin": "street_work",
         "words": "Des mots inventés."},
        {"informed": "no", "delay_reason": "address_unknown"},
    )  # fmt: skip
    for number, told in enumerate(pages, start=1):
        at = {"draft_id": "draft", "step": str(number)}
        walk.get(WORKER, STEP, **at)
        walk.post(WORKER, f"{STEP}/enregistrement", STEP, at, **told)
        walk.post(WORKER, STEP, "", at, **told, button="next")
    walk.get(WORKER, f"{DRAFT}/4", draft_id="draft")
    walk.post(WORKER, f"{DRAFT}/transmission", f"{DRAFT}/4", {"draft_id": "draft"})
    first = f"{DRAFT}/1"
    walk.post(WORKER, f"{DRAFT}/abandon", first, {"draft_id": "left"})


def _referrals(walk: Walk) -> None:
    case = "/a-traiter/<uuid:case_id>"
    extra = {name: walk.town.refer() for name in ("first", "second", "third", "fourth")}
    walk.ids |= extra
    walk.get(COORDINATOR, case, case_id="first")
    walk.post(COORDINATOR, f"{case}/question", case, {"case_id": "first"}, text="Quand ?")
    walk.get(WORKER, "/saisines/<uuid:case_id>", case_id="first")
    answer = "/saisines/<uuid:case_id>"
    walk.post(WORKER, f"{answer}/reponse", answer, {"case_id": "first"}, text="Lundi.")
    walk.post(COORDINATOR, f"{case}/retenir", case, {"case_id": "second"})
    walk.post(COORDINATOR, f"{case}/refus", case, {"case_id": "third"})
    away = {"to": "ordinary_service"}
    walk.post(COORDINATOR, f"{case}/reorientation", case, {"case_id": "fourth"}, **away)


def _cases(walk: Walk) -> None:
    at, soon = {"case_id": "followed"}, (today(walk.town) + timedelta(days=5)).strftime("%d/%m/%Y")
    school = str(walk.town.members["school"])
    for route in (CASE, f"{CASE}/acces", f"{CASE}/actions/nouvelle", f"{CASE}/cloture",
                  f"{CASE}/information"):  # fmt: skip
        walk.get(COORDINATOR, route, **at)
    walk.post(WORKER, f"{CASE}/contributions", CASE, at, text="Un mot inventé.")
    walk.post(WORKER, f"{CASE}/notes", CASE, at, note="Une note inventée.")
    walk.post(COORDINATOR, f"{CASE}/information", "", at, informed_on="20/11/2026")
    step = {**at, "step": "step"}
    walk.ids["step"] = "signal"
    walk.get(COORDINATOR, f"{CASE}/etapes/<step>", **step)
    walk.post(COORDINATOR, f"{CASE}/etapes/<step>", "", step, signalled_to="prosecutor",
              signalled_on="20/11/2026", persons_told="yes")  # fmt: skip
    walk.post(COORDINATOR, f"{CASE}/acces", "", at, member=str(walk.town.members["police"]))
    ended = {**at, "member_id": "m:police"}
    walk.post(COORDINATOR, f"{CASE}/acces/<uuid:member_id>/fin", f"{CASE}/acces", ended)
    given = {"kind": "school_contact", "lead": school, "due_on": soon}
    walk.post(COORDINATOR, f"{CASE}/actions", f"{CASE}/actions/nouvelle", at, **given)
    report, of = (
        f"{CASE}/actions/<uuid:action_id>/compte-rendu",
        {**at, "action_id": "meet_parents"},
    )
    walk.get(WORKER, report, **of)
    walk.post(WORKER, report, "", of, state="done", text="Fait.")
    reference = re.search(r"SN-\d{4}-\d{3}", walk.get(COORDINATOR, CASE, **at).text)
    assert reference
    walk.post("mission", "/acces-exceptionnels", reference=reference[0], why="danger")
    review = re.search(r"exceptionnels/([0-9a-f-]+)/examen",
                       walk.get("dpo", "/acces-exceptionnels").text)  # fmt: skip
    assert review
    examined = {"access_id": review[1]}
    walk.post("dpo", "/acces-exceptionnels/<uuid:access_id>/examen", "/acces-exceptionnels",
              examined, verdict="justified")  # fmt: skip
    walk.post(COORDINATOR, f"{CASE}/cloture", "", {"case_id": "decided"}, why="moved")


def _meetings(walk: Walk) -> None:
    town, day = walk.town, today(walk.town).strftime("%d/%m/%Y")
    prepare = "/seances/preparation/<uuid:group_id>"
    walk.get(COORDINATOR, prepare, group_id="group")
    told = {"group_id": str(town.group_id), "held_on": day, "cases": str(walk.ids["second"])}
    made = walk.post(
        COORDINATOR, "/seances", walk.url(prepare, {"group_id": "group"}), None, **told
    )
    walk.ids["meeting:new"] = made.headers["Location"].rpartition("/")[2]
    at = {"meeting_id": "meeting:new"}
    walk.get(COORDINATOR, MEETING, **at)
    walk.post(COORDINATOR, f"{MEETING}/ouverture", MEETING, at)
    for body in ("coordination", "street_work", "school"):
        there = {"member": str(town.members[body]), "present": "yes"}
        walk.post(COORDINATOR, f"{MEETING}/presence", MEETING, at, bare=True, **there)
    item = f"{MEETING}/situations/<uuid:case_id>"
    of = {**at, "case_id": "second"}
    walk.get(COORDINATOR, item, **of)
    lead = {"code": "kept", "lead": str(town.members["street_work"])}
    walk.post(COORDINATOR, item, "", of, **lead)
    walk.post(COORDINATOR, f"{MEETING}/cloture", MEETING, at)


def _control(walk: Walk) -> None:
    walk.get("dpo", "/dpd/acces")
    walk.get("dpo", "/dpd/traitements")
    walk.post("dpo", "/dpd/acces/verification", "/dpd/acces")
    walk.post("dpo", "/dpd/alertes", "/dpd/acces", last="0")
    walk.post("dpo", "/dpd/acces/export", "/dpd/acces")
    forgetting = "/dpd/conservation"
    seen = walk.get("archives", forgetting).text
    assert str(walk.ids["list"]) in seen
    walk.post("archives", f"{forgetting}/bordereaux/<uuid:list_id>/visa", forgetting,
              {"list_id": "list"}, reference="AD67-1", count="1")  # fmt: skip
    found = re.search(r"SN-\d{4}-\d{3}", walk.get(COORDINATOR, CASE, case_id="followed").text)
    assert found
    until = (today(walk.town) + timedelta(days=9)).strftime("%d/%m/%Y")
    held = {"situation": found[0], "why": "complaint", "until_on": until}
    walk.post("dpo", f"{forgetting}/gels", forgetting, None, **held)
    hold = re.search(r"gels/([0-9a-f-]{36})/fin", walk.get("dpo", forgetting).text)
    assert hold
    walk.post("dpo", f"{forgetting}/gels/<uuid:hold_id>/fin", forgetting, {"hold_id": hold[1]})


def _keys(walk: Walk) -> None:
    staff, own = walk.office.staff, "/cle-de-secours"
    colleague(staff, "school", "school-2")
    session_of(staff, "school-2")
    walk.office.desks["school"] = walk.office.sit("school")
    walk.post("school", "/cles/garde", "/cles", custody="member")
    walk.ids["m:third"] = colleague(staff, "school", "school-3")
    session_of(staff, "school-3")
    for what in ("remise", "retrait"):
        third = {"member_id": "m:third"}
        walk.post("school", f"/cles/membres/<uuid:member_id>/{what}", "/cles", third)
    walk.post("school", "/cles/renouvellement", "/cles")
    walk.post("school", f"{own}/code", own)
    keepers = Keepers(staff)
    members = [walk.town.members[one] for one in ("school", "coordination")]
    walk.ids["escrow"] = keepers.recovery.escrows.create(keepers.root, 2, members)
    for body in ("school", "coordination"):
        walk.office.desks[body] = walk.office.sit(body)
        drawn = {"escrow_id": "escrow"}
        sheet = walk.post(body, f"{own}/<uuid:escrow_id>/carte", own, drawn)
        keepers.cards[body] = "-".join(SPELLED.findall(sheet.text))
    walk.post("school", f"{own}/confier", own)
    _ceremony(walk, keepers)


def _ceremony(walk: Walk, keepers: Keepers) -> None:
    own, asked = "/cle-de-secours", "/cle-de-secours/ouvertures"
    one = f"{asked}/<uuid:ceremony_id>"
    begun = walk.post("school", asked, own, kind="rehearsal")
    walk.ids["ceremony"] = begun.headers["Location"].rpartition("/")[2]
    walk.get("school", one, ceremony_id="ceremony")
    card = {"card": keepers.cards["school"], "checked": "yes"}
    walk.post("school", one, "", {"ceremony_id": "ceremony"}, **card)


def _leave(walk: Walk) -> None:
    walk.post("mission", "/verrouiller", "/aide")
    walk.post("police", "/depart", "/aide")
    walk.post("archives", "/deconnexion", "/aide")


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_rule_10_every_route_that_opens_or_changes_something_leaves_its_line(walk: Walk) -> None:
    """One reading at most for a request, whoever asked in each, the article where one decided."""
    reviewed = MATRIX.read_text("utf-8").splitlines()
    every = {re.sub(r"\s+", " ", line.rpartition(" ")[0]) for line in reviewed}
    done = {one.route for one in walk.done if one.status < BAD}
    assert sorted(every - MUTE - STRANGERS - done) == []
    members = {body: str(one) for body, one in walk.town.members.items()}
    own = [[leaf for leaf in one.leaves if leaf.kind == "member"] for one in walk.done]
    for one, leaves in zip(walk.done, own, strict=True):
        assert {leaf.member for leaf in leaves} == {members[one.body]}, str(one)
        assert {leaf.kind for leaf in one.leaves} <= {"member", "service"}, str(one)
    several = [sum(leaf.reads for leaf in leaves) > 1 for leaves in own]
    assert {one.route for one in compress(walk.done, several)} == TWICE
    silent = {leaf.act for leaves in own for leaf in leaves if leaf.article is None}
    assert silent == OUTSIDE_THE_CHARTER
    lists = [leaf for leaves in own for leaf in leaves if leaf.act in SHOWN]
    assert [leaf for leaf in lists if leaf.shown and leaf.article is None] == []

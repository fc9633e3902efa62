import json
from dataclasses import replace

from casework.demo.families.council import families_of
from casework.demo.words import folded
from casework.demo.world import build, credentials_of, outline, secrets_of, to_json


def test_the_json_says_it_is_invented_and_so_does_every_person() -> None:
    told = to_json(build("small"))
    assert told["invented"] is True
    for table in ("members", "organisations", "cases"):
        assert all(one["invented"] for one in told[table])
    assert all(case["subject"]["invented"] for case in told["cases"])
    assert "invented" not in told["communes"][0]


def test_the_json_can_be_written_and_read_back() -> None:
    told = to_json(build("small"))
    assert json.loads(json.dumps(told)) == told


def test_the_secrets_cover_every_identity_and_every_free_text() -> None:
    world = build("small")
    secrets = set(secrets_of(world))
    for case in world.cases:
        who = case.subject
        relatives = who.legal_representatives
        identity = [who.family, f"{who.given} {who.family}", who.address]
        identity += [who.birth_date.isoformat(), who.birth_date.strftime("%d/%m/%Y")]
        identity += [one.family for one in relatives] + [one.phone for one in relatives]
        texts = [case.fact, case.reporter, case.reporter_words]
        texts += [one.text for one in case.contributions] + [one.detail for one in case.actions]
        texts += [one.report for one in case.actions]
        wanted = {*identity, *texts, who.phone, case.question} - {""}
        assert wanted <= secrets


def test_the_secrets_know_how_else_a_name_or_a_number_is_stored() -> None:
    world = build("small")
    who = world.cases[1].subject
    phone = who.legal_representatives[0].phone
    variants = {who.family.upper(), folded(who.family), phone.replace(" ", "")}
    assert variants <= set(secrets_of(world))


def test_the_reporters_name_is_a_secret_alone() -> None:
    world = build("small")
    told = world.cases[0].reporter
    assert told.split(" ", 1)[1].split(",")[0] in secrets_of(world)


def test_secrets_are_long_enough_to_be_searched_and_sorted_once_each() -> None:
    secrets = secrets_of(build("town"))
    assert min(map(len, secrets)) >= 7
    assert secrets == sorted(set(secrets))


def test_nothing_that_may_stay_in_clear_holds_a_secret() -> None:
    for size in ("small", "town"):
        world = build(size)
        clear = json.dumps(to_json(replace(world, cases=())), ensure_ascii=False)
        assert [secret for secret in secrets_of(world) if secret in clear] == []


def test_no_case_no_secret() -> None:
    assert secrets_of(outline("small")) == []


def test_credentials_are_a_list_of_their_own() -> None:
    world = build("small")
    council = families_of(world)
    assert council is not None
    assert len(credentials_of(world)) == 2 * len((*world.members, *council.members))
    assert set(credentials_of(world)).isdisjoint(secrets_of(world))

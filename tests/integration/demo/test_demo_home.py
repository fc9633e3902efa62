"""The demonstration on disk: whole, reused, with accounts that open."""

import shutil
from pathlib import Path

from casework.accounts.values import Client
from casework.audit.verify import Extent, verify
from casework.commands.demo_home import DemoHome, Purpose, find
from casework.demo.check.searching import refuse
from casework.demo.disclosure import credentials_of, secrets_of, secrets_of_reminders
from casework.demo.reminders.tales import reminders_of
from casework.demo.visitors import code_of, visitors
from casework.identity import operator
from casework.operations.instance import open_instance, system_edges
from casework.retention.policy import SweepStep


def test_a_made_demonstration_is_found_again(demonstration: DemoHome) -> None:
    found = find(demonstration.folder)
    assert found == demonstration
    assert (found.size, found.purpose) == ("small", Purpose.CHECK)


def test_nothing_is_left_beside_it(demonstration: DemoHome) -> None:
    assert [one.name for one in demonstration.folder.parent.iterdir()] == ["home"]


def test_every_printed_account_opens_with_its_password_and_its_phone(
    demonstration: DemoHome, tmp_path: Path
) -> None:
    folder = tmp_path / "home"
    shutil.copytree(demonstration.folder, folder)
    home = find(folder)
    assert home is not None
    opened = open_instance(home.settings(), system_edges())
    signing_in, here = opened.account_services.signing_in, Client("127.0.0.1")
    member = visitors(home.outline())[0].member
    half = signing_in.sign_in(member.login, member.password, here)
    code = code_of(member, opened.edges.clock.now())
    signed = signing_in.verify_code(half, code, here)
    assert all(one.signed for one in signed.principal.mandates)
    opened.close()


def test_its_register_verifies_and_something_is_due_to_be_forgotten(
    demonstration: DemoHome,
) -> None:
    opened = open_instance(demonstration.settings(), system_edges())
    council_id = opened.council_id
    keys = opened.register_keys.of(council_id)
    assert verify(opened.stores.main, keys, council_id, Extent(rows=True)).clean
    due = opened.retention.preview(operator(council_id, "test"))
    assert due.of_step(SweepStep.SEALED)
    assert due.of_step(SweepStep.RESTRICTED)
    opened.close()


def test_no_file_of_it_holds_a_secret_of_its_world(demonstration: DemoHome) -> None:
    world = demonstration.world()
    register = reminders_of(world)
    assert register is not None
    told = (*secrets_of(world), *secrets_of_reminders(register), *credentials_of(world))
    needles = [one.encode() for one in told]
    files = [path for path in demonstration.folder.rglob("*") if path.is_file()]
    assert len(files) > 5
    for path in files:
        refuse(needles, path.read_bytes(), path.name)

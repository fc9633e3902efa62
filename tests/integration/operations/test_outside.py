"""Whom the settings name to be handed checkpoints, and what they may not say."""

from pathlib import Path

import pytest

from casework.errors import Misconfigured
from casework.operations.outside import outside, reminder
from casework.settings import Settings
from casework.stores import Edges
from tests.outside import WITNESS

SECRET = "marqueur-tape"


def test_nobody_is_handed_anything_unless_the_settings_say_so(edges: Edges) -> None:
    handed = outside(Settings.from_environment({}), edges)
    assert (handed.mailer, handed.stamper, list(handed.witnesses)) == (None, None, [])


def test_the_settings_name_a_mail_service_an_authority_and_witnesses(
    edges: Edges, tmp_path: Path
) -> None:
    WITNESS.new(tmp_path / "witness", "ville.example/temoin")
    (tmp_path / "password").write_text(SECRET, encoding="utf-8")
    environment = {
        "CASEWORK_SMTP_HOST": "mail.example",
        "CASEWORK_SMTP_FROM": "registre@ville.example",
        "CASEWORK_SMTP_PASSWORD_FILE": str(tmp_path / "password"),
        "CASEWORK_ANCHOR_TO": "dpd@ville.example referente@club.example",
        "CASEWORK_TSA_URL": "https://tsa.example/tsr",
        "CASEWORK_TSA_CA_FILE": "/etc/casework/tsa.pem",
        "CASEWORK_WITNESSES": f"{WITNESS.Key(tmp_path / 'witness').text}@https://w.example/",
    }
    settings = Settings.from_environment(environment)
    assert SECRET not in repr(settings)
    handed = outside(settings, edges)
    assert handed.mailer is not None
    assert handed.mailer.recipients == 2
    assert handed.stamper is not None
    assert [one.name for one in handed.witnesses] == ["ville.example/temoin"]


def test_what_cannot_be_is_told_at_once_and_never_quoted() -> None:
    wrong = {
        "CASEWORK_SMTP_HOST": "mail.example",
        "CASEWORK_SMTP_SECURITY": "none",
        "CASEWORK_SMTP_PORT": SECRET,
        "CASEWORK_SMTP_FROM": f"{SECRET}@",
        "CASEWORK_TSA_URL": f"ftp://{SECRET}",
    }
    with pytest.raises(Misconfigured) as told:
        Settings.from_environment(wrong)
    assert len(told.value.faults) == 6
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("witness", ["nobody", "a+00000000+AAAA@https://w.example", "@https://w"])
def test_a_witness_without_its_key_or_address_is_refused(edges: Edges, witness: str) -> None:
    with pytest.raises(Misconfigured, match="CASEWORK_WITNESSES"):
        outside(Settings.from_environment({"CASEWORK_WITNESSES": witness}), edges)


def test_letters_leave_only_for_addresses_that_the_settings_name(edges: Edges) -> None:
    usual = {
        "CASEWORK_SMTP_HOST": "mail.example",
        "CASEWORK_SMTP_FROM": "service@ville.example",
        "CASEWORK_ANCHOR_TO": "dpd@ville.example",
    }
    assert reminder(Settings.from_environment(usual), edges) is None
    assert reminder(Settings.from_environment({}), edges) is None
    chosen = Settings.from_environment(
        usual | {"CASEWORK_REMIND_TO": "coordination@ville.example autre@ville.example"}
    )
    found = reminder(chosen, edges)
    assert found is not None
    assert found.recipients == 2

"""`casework keys registrar`: from the key to the signatures taken in, as two people type it."""

from pathlib import Path

import pytest

from casework.crypto.passwords import Argon2Cost
from casework.keys.registrar import key_file
from tests.integration.operations.test_commands import acts, operated, run, told

__all__ = ["operated"]


@pytest.mark.usefixtures("operated")
def test_a_registrar_is_made_adopted_and_signs_by_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_file, "COST", Argon2Cost(memory_kib=19 * 1024, passes=2))
    key, phrase, asked = tmp_path / "key", tmp_path / "phrase", str(tmp_path / "asked.json")
    phrase.write_text("quatre mots bien inventés\n", encoding="utf-8")
    with_phrase = ("--passphrase-file", str(phrase))
    assert "chmod 600" in run("keys", "registrar", "create", str(key), *with_phrase).output
    phrase.chmod(0o600)
    made = told("keys", "registrar", "create", str(key), *with_phrase)
    assert key.stat().st_mode & 0o077 == 0
    assert run("keys", "registrar", "create", str(key), *with_phrase).exit_code != 0
    assert "adoptez d’abord" in run("keys", "registrar", "pending", asked).output
    told("org", "add", "Ville inventée", "municipality")
    announced = told("keys", "registrar", "adopt", made["public"])
    assert (announced["words"], announced["in_force"]) == (made["words"], False)
    status = told("keys", "status")
    assert (status["registrar"], status["registrar_waiting"]) == ("simple", announced["waiting"])
    assert status["registrar_announced"] == made["words"]
    assert told("keys", "registrar", "pending", asked)["entries"] == announced["waiting"]
    sign = ("keys", "registrar", "sign", asked, "--with", str(key), *with_phrase)
    assert run(*sign).exit_code != 0
    signed = told(*sign, "--yes")
    assert told("keys", "registrar", "import", signed["file"])["in_force"]
    status = told("keys", "status")
    assert (status["registrar"], status["registrar_words"]) == ("offline", made["words"])
    assert (status["registrar_waiting"], status["unadmitted"]) == (0, 0)
    added = told("org", "add", "Bailleur inventé", "landlord")
    assert added["unsigned"]
    assert told("keys", "status")["registrar_waiting"] == 1
    assert {"registrar:adopted", "directory:asked", "directory:signed"} <= set(acts())
    wrong = run("keys", "registrar", "import", asked)
    assert (wrong.exit_code, "ne contient pas de signatures" in wrong.output) == (2, True)

"""Every route and what it demands, as a text that people review: a change here is a decision."""

from pathlib import Path

from casework.app import AppOptions, create_app
from casework.crypto.passwords import Argon2Cost
from casework.settings import Settings
from casework.web.guard import access_matrix
from tests.town import Town

MATRIX = Path(__file__).with_name("access_matrix.txt")


def test_the_access_matrix_is_the_one_that_was_reviewed(town: Town, tmp_path: Path) -> None:
    settings = Settings.from_environment({"CASEWORK_HOME": str(tmp_path)})
    app = create_app(town.runtime, settings, AppOptions(cost=Argon2Cost.for_tests()))
    assert access_matrix(app) == MATRIX.read_text(encoding="utf-8")

"""After somebody left, those who stay see how far the new keys are."""

from pathlib import Path

from tests.leaving import followed, rekey, unname
from tests.office import office_of
from tests.town import Town

TITLE = "Nouvelles clés après un départ"


def test_those_who_stay_see_how_many_parts_have_their_new_key(town: Town, tmp_path: Path) -> None:
    case_id = followed(town, "school", "mission")
    desk = office_of(town, tmp_path).at("mission")
    assert TITLE not in desk.get("/cles").text
    unname(town, case_id, "school")
    page = desk.get("/cles").text
    assert TITLE in page
    assert '<progress max="2" value="0"' in page
    assert "0 sur 2" in page
    assert "Cela se fait tout seul" in page
    rekey(town)
    assert TITLE not in desk.get("/cles").text

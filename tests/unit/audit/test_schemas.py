"""Numbers of lines as an address may name them."""

import pytest
from marshmallow import ValidationError

from casework.audit.schemas import MOST_LINES, AskedSchema


def test_numbers_are_taken_each_once_in_their_order() -> None:
    asked = AskedSchema().load({"entrees": "48213,7,48213"})
    assert asked["entrees"] == (48213, 7)
    assert AskedSchema().load({})["entrees"] == ()


@pytest.mark.parametrize(
    "given",
    ["1,,2", "1, 2", "-1", "un", "1;2", "٣", str(2**53 + 1), ",".join(map(str, range(101)))],
)
def test_what_is_no_list_of_numbers_or_too_long_is_refused(given: str) -> None:
    assert MOST_LINES == 100
    with pytest.raises(ValidationError):
        AskedSchema().load({"entrees": given})

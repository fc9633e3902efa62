"""Every sealed value of a case belongs to a part of it: none is forgotten when keys change."""

from casework.cases.gateway.content import CONTENT, parts_of
from casework.documents.gateway.content import DOCUMENTS, PIECES
from casework.letters.gateway.content import CONTENT as LETTERS
from casework.tables import MAIN


def test_every_sealed_column_of_a_case_is_part_of_a_compartment() -> None:
    sealed = {
        (table.name, column.name)
        for table in MAIN.sorted_tables
        for column in table.columns
        if column.name.endswith("_sealed") and "case_id" in table.columns
    }
    known = {
        (table.__tablename__, column.name)
        for table in (*CONTENT, *LETTERS, *DOCUMENTS)
        for _, columns in parts_of(table)
        for column in columns
    }
    # A stream has a secret of its own, which is a sealed value of its document.
    of_streams = {(table.__tablename__, "piece_sealed") for table in PIECES}
    assert known | of_streams == sealed


def test_the_referral_has_a_part_for_the_group_and_one_for_its_origin() -> None:
    referral = next(table for table in CONTENT if table.__tablename__ == "referrals")
    parts = {part.name: {one.name for one in columns} for part, columns in parts_of(referral)}
    assert parts["sheet_id"] == {"reason_sealed", "fact_sealed", "fact_on_sealed"}
    assert parts["origin_id"] >= {"origin_sealed", "reporter_sealed", "words_sealed"}

"""An export of a register that has begun to forget: honest, it says so; attacked, it is found."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest

from casework.audit.checkpoint import sign
from casework.audit.export.service import ExportService
from casework.audit.export.wanted import ALL_PARTS, Wanted
from casework.audit.forgetting.policy import BLOCK
from casework.audit.lines import Asked
from casework.db.connect import connect
from casework.errors import Conflict
from tests.conftest import FILE_KEY
from tests.exports import (
    Attack,
    Files,
    Found,
    Line,
    found,
    lines_of,
    on_line,
    on_lines,
    one,
    put,
    setting,
    unpacked,
)
from tests.fakes_audit import SeededSigner, id_of
from tests.forgetful import FIRST, LONG_AGO, SECOND, Aged, chronicle, until
from tests.offline import VERIFIER, checked, loaded
from tests.register import COUNCIL, dpo

WHO: Final = FIRST + SECOND
CLAIM: Final = "forgetting.jsonl"
SIGNER: Final = SeededSigner(COUNCIL)


def begun(old: Aged, wanted: Wanted) -> Iterator[bytes]:
    one = old.register
    exports = ExportService(one.database, one.ledger, one.keyring, one.clock)
    (mandate,) = dpo().mandates
    of_then = replace(dpo(), mandates=(replace(mandate, from_on=LONG_AGO.date()),))
    return exports.export(of_then, wanted).chunks


def exported(old: Aged, wanted: Wanted) -> bytes:
    return b"".join(begun(old, wanted))


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder with exports of one register: before it forgot, whole, its end, a few lines."""
    folder = tmp_path_factory.mktemp("forgotten")
    shutil.copy(sqlite_template, folder / "casework.db")
    database = connect(f"sqlite:///{folder / 'casework.db'}", FILE_KEY)
    with chronicle(database, folder) as old:
        (folder / "before.zip").write_bytes(exported(old, Wanted(opened=ALL_PARTS)))
        until(old, years=3.3)
        old.forget()
        old.register.read_together(5)
        few = Wanted(Asked(member_id=id_of("marie")), opened=ALL_PARTS)
        for name, wanted in {
            "whole": Wanted(opened=ALL_PARTS),
            "end": Wanted(first=WHO + 1, opened=ALL_PARTS),
            "closed": Wanted(),
            "few": few,
        }.items():
            (folder / f"{name}.zip").write_bytes(exported(old, wanted))
    yield folder
    database.engine.dispose()


@pytest.mark.parametrize("name", ["whole", "end", "closed", "few"])
def test_what_came_to_its_end_is_told_and_is_no_contradiction(kept: Path, name: str) -> None:
    code, report = checked(kept / f"{name}.zip", "--ancien", kept / "before.zip")
    assert (code, report["faults"]) == (0, [])
    told = report["forgotten"]
    assert (told["first"], told["who"], told["parts"]) == (BLOCK, WHO, WHO + 4)
    assert (told["searchable"], told["kept"], told["article"]) == (12, 36, "15")
    lines = report["complete"] and lines_of(unpacked(kept / f"{name}.zip"))
    assert report["first"] == {"end": WHO + 1}.get(name, BLOCK)
    assert not lines or lines[0]["seq"] == report["first"]


def test_the_report_says_in_french_what_is_gone_since_when_and_which_line_says_so(
    kept: Path,
) -> None:
    said = StringIO()
    with redirect_stdout(said):
        assert loaded(VERIFIER).main([str(kept / "end.zip")]) == 0
    seq = json.loads(unpacked(kept / "end.zip")[CLAIM])["seq"]
    for sentence in (
        "256 lignes détruites",
        "« qui » avant la ligne 400 (avant le 22/06/2019)",
        f"selon la ligne {seq} du 21/06/2022, charte art. 15 : 12 mois, puis 36",
        "Les lignes 256 à 400 existent et ne sont pas dans cet export.",
        "VERDICT : TOUT CONCORDE.",
    ):
        assert sentence in said.getvalue()


def at_line(seq: int, edit: Callable[[Line], object]) -> Attack:
    """Return the attack on one line, whichever number the first one has."""
    return on_line(seq - BLOCK, edit)


def without(*path: str) -> Callable[[Line], None]:
    def edit(line: Line) -> None:
        *above, last = path
        for name in above:
            line = line[name]
        del line[last]

    return edit


def claiming(**more: int) -> Attack:
    """Return the attack that lets the line of forgetting claim something else."""

    def edit(line: Line) -> None:
        told = json.loads(line["parts"]["det"]["text"])
        told["detail"] |= more
        line["parts"]["det"]["text"] = json.dumps(told)

    return on_line(0, edit, CLAIM)


def another_line(files: Files) -> None:
    """Put a line of the same tree, whose hash and parts are right, in the place of the claim."""
    put(files, [{**lines_of(files)[-1], "path": []}], CLAIM)


def another_beginning(files: Files) -> None:
    manifest = json.loads(files["manifest.json"])
    files["manifest.json"] = json.dumps(manifest | {"before": ["78" * 32]}).encode()


part = {"salt": "00" * 16, "text": "{}"}
YOUNG: Final = WHO + 10
ATTACKS: list[tuple[str, Attack, Found]] = [
    ("who taken", at_line(YOUNG, without("parts", "who")), one("part-missing", YOUNG)),
    ("object taken", at_line(YOUNG, without("parts", "what")), one("part-missing", YOUNG)),
    ("who told later", at_line(BLOCK, setting("parts", "who", to=part)),
     [*one("part-edited", BLOCK), *one("part-returned", BLOCK)]),
    ("lines cut off", on_lines(lambda lines: lines.__delitem__(slice(0, 9))),
     one("leaf-missing", BLOCK, BLOCK + 8)),
]  # fmt: skip


@pytest.mark.parametrize(("attack", "expected"), [(a, e) for _, a, e in ATTACKS],
                         ids=[name for name, *_ in ATTACKS])  # fmt: skip
def test_what_is_missing_before_its_day_is_found(
    kept: Path, attack: Attack, expected: Found
) -> None:
    assert found(kept, "whole", attack) == expected


@pytest.mark.parametrize(
    "attack",
    [
        claiming(parts=WHO + 20),
        claiming(parts_before=2**62),
        on_line(0, setting("path", to=[]), CLAIM),
        on_line(0, setting("act", to="register:read"), CLAIM),
        on_line(0, setting("parts", to={}), CLAIM),
        on_lines(lambda lines: lines.append(lines[0]), CLAIM),
        another_line,
    ],
)
@pytest.mark.parametrize("name", ["whole", "few"])
def test_a_line_that_claims_what_the_register_never_said_is_not_believed(
    kept: Path, name: str, attack: Attack
) -> None:
    assert ("forgetting-wrong", 0, 0) in found(kept, name, attack)


def test_without_that_line_nothing_may_be_missing(kept: Path) -> None:
    missing = found(kept, "whole", lambda files: files.pop(CLAIM))
    assert {(what, seq) for what, seq, _ in missing} == {
        ("part-missing", seq) for seq in range(BLOCK, WHO + 4)
    }


def test_another_beginning_contradicts_what_was_signed_since(kept: Path) -> None:
    kinds = {what for what, *_ in found(kept, "whole", another_beginning)}
    assert "checkpoint-contradicted" in kinds


def test_a_checkpoint_of_pruned_lines_is_compared_with_the_one_handed_over(
    kept: Path, tmp_path: Path
) -> None:
    held = tmp_path / "held.txt"
    held.write_text(sign(65, b"x" * 32, SIGNER))
    words = ("--attendu", held)
    assert found(kept, "whole", lambda _: None, *words) == one("checkpoint-contradicted", 0, 64)
    genuine = next(
        line["note"] for line in lines_of(unpacked(kept / "few.zip"), "checkpoints.jsonl")
        if line["size"] == 65
    )  # fmt: skip
    held.write_text(genuine)
    assert found(kept, "whole", lambda _: None, *words) == []
    gone = on_lines(lambda notes: notes.pop(1), "checkpoints.jsonl")
    assert found(kept, "whole", gone, *words) == one("held-unknown", 64)


def test_a_claim_that_no_law_allows_is_refused_even_where_it_is_signed() -> None:
    tool = loaded(VERIFIER)
    honest = {"first": 0, "who": 0, "parts": 9, "who_before": 0, "parts_before": 0,
              "searchable": 12, "kept": 36}  # fmt: skip

    def read(at: int = 2**51, **more: Any) -> Any:
        det = json.dumps({"detail": honest | more, "article": "15"})
        parts = {"det": (b"", det)}
        return tool.Forgotten.read(
            tool.Leaf(9, at, "register:pruned=allowed", b"", (), parts, [], [])
        )

    assert read(parts_before=2**51 - 181 * tool.DAY).parts == 9
    for wrong in (
        {"parts_before": 2**51 - 179 * tool.DAY},
        {"first": 256},
        {"first": 7, "who": 8},
        {"who": 10},
        {"parts": 10},
        {"who_before": 1},
        {"parts": "9"},
    ):
        with pytest.raises(ValueError, match=r"claims too much|whole number"):
            read(**wrong)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_an_export_overtaken_by_forgetting_gives_no_manifest(database: Any, tmp_path: Path) -> None:
    with chronicle(database, tmp_path) as old:
        until(old, years=1.05)
        chunks = begun(old, Wanted(opened=ALL_PARTS))
        next(chunks)
        old.forget()
        with pytest.raises(Conflict):
            list(chunks)

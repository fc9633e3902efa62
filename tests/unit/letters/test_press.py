"""The press in its own process: every template that we ship, and what it refuses."""

import re
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest

from casework.errors import InvalidInput, PressFailed
from casework.letters import pressing
from casework.letters.fields import LetterField as F
from casework.letters.fields import known_of
from casework.letters.kinds import EDITED, LetterFormat, LetterKind
from casework.letters.merging import long_day, week_day
from casework.letters.press import open_text, word
from casework.letters.press.confine import SECONDS
from casework.letters.press.faults import FaultCode, Faults
from casework.letters.pressing import Press, shipped
from casework.letters.wording import PLACE, shipped_wording
from tests.letters import SAID
from tests.templates import ATTACKS, DOCX, KIND, ODT, with_words

COMPUTED = {F.GROUP: "Groupe inventé", F.REFERENCE: "SN-2026-C001", F.DATE: "3 novembre 2026",
            F.KEPT: "Gardé trois mois."}  # fmt: skip
FIELDS = {**SAID, **COMPUTED}
_IN_PROCESS = {DOCX: word, ODT: open_text}
_TAG = re.compile(r"<[^>]+>")


def words_of(content: bytes, format_: LetterFormat) -> str:
    """Return what a document says, its line breaks as spaces."""
    names = {DOCX: ("word/document.xml", "word/footer1.xml"), ODT: ("content.xml", "styles.xml")}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        xml = " ".join(archive.read(name).decode() for name in names[format_])
    broken = re.sub(r"<(w:br|text:line-break)/>", " ", xml)
    return _TAG.sub("", broken).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize(("kind", "format_"), [*product(LetterKind, EDITED)])
def test_each_template_that_comes_with_us_says_every_field_of_its_letter(
    kind: LetterKind, format_: LetterFormat
) -> None:
    maker, template = _IN_PROCESS[format_], shipped(kind, format_)
    used = maker.check(template, known_of(kind))
    assert used >= known_of(kind) - {F.GROUP}
    said = words_of(maker.render(template, kind, FIELDS), format_)
    assert [name for name in used if FIELDS[name].replace("\n", " ") not in said] == []
    assert "{{" not in said


def test_the_templates_are_made_of_the_texts_beside_them() -> None:
    for kind in LetterKind:
        wording = shipped_wording(kind)
        for format_, maker in _IN_PROCESS.items():
            said = words_of(maker.render(shipped(kind, format_), kind, FIELDS), format_)
            for block in wording.filled(FIELDS).blocks:
                assert block.text.replace("\n", " ") in said


def test_every_text_names_fields_of_its_letter_and_says_who_and_how_to_answer() -> None:
    for kind in LetterKind:
        wording = shipped_wording(kind)
        text = " ".join([wording.subject, *(block.text for block in wording.blocks)])
        named = {F(name) for name in PLACE.findall(text)}
        assert named <= known_of(kind)
        assert named >= {F.CONTACT, F.OFFICER, F.KEPT}


def test_a_letter_is_made_by_the_press_in_each_format() -> None:
    press = Press()
    for format_, start in ((LetterFormat.PDF, b"%PDF-"), (DOCX, b"PK"), (ODT, b"PK")):
        made = press.render(KIND, format_, shipped(KIND, format_), FIELDS)
        assert made.startswith(start)


@pytest.mark.parametrize("format_", EDITED)
def test_an_unknown_field_is_refused_with_its_name_and_where_it_stands(
    format_: LetterFormat,
) -> None:
    template = with_words(format_, "Cher {{ monsieur_le_maire }}, bonjour")
    with pytest.raises(InvalidInput) as fault:
        Press().check(KIND, format_, template)
    (told,) = fault.value.fields["template"]
    assert "monsieur_le_maire" in told
    assert "Cher {{ monsieur_le_maire }}, bonjour" in told


@pytest.mark.parametrize("format_", EDITED)
def test_a_field_of_another_letter_is_unknown_to_this_one(format_: LetterFormat) -> None:
    with pytest.raises(Faults):
        _IN_PROCESS[format_].check(with_words(format_, "{{ engagements }}"), known_of(KIND))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_no_template(attack: str) -> None:
    format_, content = ATTACKS[attack]
    with pytest.raises(Faults):
        _IN_PROCESS[format_].check(content, known_of(KIND))
    with pytest.raises(Faults):
        _IN_PROCESS[format_].render(content, KIND, FIELDS)


@pytest.mark.parametrize("attack", ["class", "entities", "bomb", "event"])
def test_the_press_tells_of_an_attack_in_words(attack: str) -> None:
    format_, content = ATTACKS[attack]
    with pytest.raises(InvalidInput) as fault:
        Press().check(KIND, format_, content)
    assert len(fault.value.fields["template"]) >= 1


def test_what_a_field_says_is_text_whatever_it_looks_like() -> None:
    said = {**FIELDS, F.RECIPIENT: "{{ dpo }} <b>&</b> {% x %}"}
    for format_, maker in _IN_PROCESS.items():
        made = words_of(maker.render(shipped(KIND, format_), KIND, said), format_)
        assert "{{ dpo }} <b>&</b> {% x %}" in made


def test_fields_typed_or_inserted_in_an_odt_are_filled_in_alike() -> None:
    words = (
        "Pour {{ destinataire }}, {{ adresse }} : <text:placeholder>&lt;dpo&gt;</text:placeholder>."
    )
    template = with_words(ODT, words)
    assert open_text.check(template, known_of(KIND)) >= {F.RECIPIENT, F.ADDRESS, F.OFFICER}
    said = words_of(open_text.render(template, KIND, FIELDS), ODT)
    address = FIELDS[F.ADDRESS].replace("\n", " ")
    assert f"Pour {FIELDS[F.RECIPIENT]}, {address} : {FIELDS[F.OFFICER]}." in said


def test_a_field_typed_in_pieces_is_said_to_be_unreadable() -> None:
    with pytest.raises(Faults) as fault:
        open_text.check(
            with_words(ODT, "{{ desti<text:span>nataire }}</text:span>"), known_of(KIND)
        )
    assert [one.code for one in fault.value.faults] == [FaultCode.UNREADABLE_FIELD]


def test_nothing_of_who_made_a_template_stays_in_the_letter() -> None:
    made = word.render(shipped(KIND, DOCX), KIND, FIELDS)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert b"python-docx" not in archive.read("docProps/core.xml")
    with zipfile.ZipFile(BytesIO(open_text.render(shipped(KIND, ODT), KIND, FIELDS))) as archive:
        assert set(archive.namelist()) == {
            "mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml"
        }  # fmt: skip


def test_the_press_has_no_secret_of_ours_around_it_and_no_room() -> None:
    """Asked of a process that is started and confined the same way."""
    asked = (
        "import os, resource as r; from casework.letters.press.confine import confine; confine();"
        "print({*os.environ} - {'LC_CTYPE'}, r.getrlimit(r.RLIMIT_FSIZE),"
        "r.getrlimit(r.RLIMIT_CPU))"
    )
    command, around = [sys.executable, "-I", "-c", asked], dict(pressing.AROUND)
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=around)  # noqa: S603
    names, _, limits = done.stdout.strip().partition("} ")
    assert set(re.findall(r"\w+", names)) == {"HOME", "LANG", "PATH"}
    assert limits == f"(0, 0) ({SECONDS}, {SECONDS})"


def test_nothing_of_the_press_is_loaded_by_what_serves() -> None:
    heavy = ("docx", "docxtpl", "lxml", "odfdo", "weasyprint", "casework.letters.press")
    asked = f"import sys, casework.app; print([one for one in {heavy} if one in sys.modules])"
    command = [sys.executable, "-c", asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_a_press_that_takes_too_long_or_breaks_says_so_and_quotes_nothing() -> None:
    with pytest.raises(PressFailed) as late:
        Press(seconds=0.01).render(KIND, DOCX, shipped(KIND, DOCX), FIELDS)
    assert late.value.reason == "too-long"
    with pytest.raises(PressFailed) as absent:
        Press(python="/nonexistent/python").check(KIND, DOCX, b"")
    assert absent.value.reason == "not-started"
    with pytest.raises(PressFailed) as cut:
        Press(python="/bin/true").check(KIND, DOCX, b"")
    assert cut.value.reason == "cut-short"


_WITHOUT_PANGO = """#!/bin/sh
exec {python} -c '
import runpy, sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint": raise OSError("cannot load library")
sys.meta_path.insert(0, Gone())
runpy.run_module("casework.letters.press", run_name="__main__")
'
"""


def test_where_pango_is_missing_it_is_said(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(_WITHOUT_PANGO.format(python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    words = shipped(KIND, LetterFormat.PDF)
    with pytest.raises(PressFailed) as missing:
        Press(python=str(python)).render(KIND, LetterFormat.PDF, words, FIELDS)
    assert missing.value.reason == "library-missing"


def test_days_are_french_whatever_the_reader_speaks() -> None:
    assert week_day(date(2026, 11, 1)) == "dimanche 1er novembre 2026"
    assert long_day(date(2026, 11, 3)) == "3 novembre 2026"

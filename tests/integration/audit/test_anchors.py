"""Checkpoints that leave the server: sent, dated, cosigned, kept, exported, checked elsewhere."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from casework.audit.actions import Act
from casework.audit.anchors.anchor import AnchorKind
from casework.audit.anchors.ports import Outside
from casework.audit.anchors.service import Anchoring
from casework.audit.checkpoint import short_code, verifier_key
from casework.audit.cosignature import WitnessKey
from casework.audit.export.service import ExportService
from casework.audit.export.wanted import Wanted
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked, Slice
from casework.crypto.timestamp import StampQuestion
from casework.db.engine import Scope
from casework.errors import SealBroken, Unavailable
from casework.identity import service
from casework.operations.outside import HttpStamper, HttpWitness
from casework.operations.smtp import SmtpMailer
from casework.settings.values import Smtp
from casework.stores import Edges
from tests.exports import lines_of, mended, packed, put, unpacked
from tests.fakes import CountingEntropy
from tests.offline import checked
from tests.outside import WITNESS, Authority, MailService, answering, serving
from tests.register import COUNCIL, Register, dpo
from tests.tampering import rewrite, stored

JOB = service(COUNCIL, "tick:anchor")
NAME = "ville.example/temoin"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def mail(register: Register) -> Iterator[tuple[MailService, SmtpMailer]]:
    recipients = ("dpd@ville.example", "referente@club.example")
    with MailService() as server, serving(server) as port:
        settings = Smtp("127.0.0.1", port, "none", "", "", "registre@ville.example", recipients)
        yield server, SmtpMailer(settings, Edges(register.clock, CountingEntropy()))


@dataclass
class Partner:
    """A partner who runs a witness."""

    witness: HttpWitness
    folder: Path

    @property
    def key(self) -> str:
        text: str = WITNESS.Key(self.folder).text
        return text


@pytest.fixture
def partner(register: Register, tmp_path: Path) -> Iterator[Partner]:
    folder = tmp_path / "witness"
    WITNESS.new(folder, NAME)
    signer = register.keys.signer
    running = WITNESS.Witness(folder, verifier_key(signer.origin, signer.public))
    with serving(WITNESS.server(running, 0)) as port:
        known = WitnessKey.parse(running.key.text)
        yield Partner(HttpWitness(known, f"http://127.0.0.1:{port}"), folder)


def anchoring(register: Register, outside: Outside) -> Anchoring:
    return Anchoring(register.database, register.ledger, outside, register.clock)


def kept(register: Register) -> list[tuple[str, int]]:
    with register.database.reading(Scope(COUNCIL)) as session:
        return [(one.kind, one.size) for one in RegisterGateway(session, COUNCIL).anchors()]


def outcomes(register: Register) -> list[str]:
    with register.database.reading(Scope(COUNCIL)) as session:
        asked = Asked(frozenset({Act.REGISTER_ANCHORED}))
        page = RegisterGateway(session, COUNCIL).page(asked, (), Slice())
        return [values.outcome for values in page]


def exported(register: Register, path: Path) -> Path:
    made = ExportService(register.database, register.ledger, register.keyring, register.clock)
    path.write_bytes(b"".join(made.export(dpo(), Wanted()).chunks))
    return path


def test_a_checkpoint_is_sent_dated_and_cosigned_once_a_day_and_checks_elsewhere(
    register: Register,
    authority: Authority,
    mail: tuple[MailService, SmtpMailer],
    partner: Partner,
    tmp_path: Path,
) -> None:
    register.read(times=3)
    with serving(answering(authority.stamp)) as port:
        stamper = HttpStamper(f"http://127.0.0.1:{port}", authority.root)
        anchors = anchoring(register, Outside(mail[1], stamper, [partner.witness]))
        assert anchors.run(JOB) == 3
        assert anchors.run(JOB) == 0
        register.clock.advance(days=1)
        register.read(times=4)
        assert anchors.run(JOB) == 3
    kinds = sorted(AnchorKind)
    assert sorted(kept(register)) == sorted((one, size) for one in kinds for size in (3, 8))
    path = exported(register, tmp_path / "export.zip")
    code, report = checked(path, "--temoin", partner.key)
    assert (code, report["anchors"], report["anchors_checked"]) == (0, 6, 4)
    letter = tmp_path / "letter.txt"
    letter.write_text(mail[0].letters[0].get_content(), encoding="utf-8")
    assert checked(path, "--attendu", letter)[0] == 0
    _stamped(authority, path, tmp_path)


def _stamped(authority: Authority, export: Path, folder: Path) -> None:
    """Check a token as an expert would, with openssl and the root of the authority."""
    files = unpacked(export)
    line = next(one for one in lines_of(files, "anchors.jsonl") if one["kind"] == "time-stamp")
    notes = {one["size"]: one["note"] for one in lines_of(files, "checkpoints.jsonl")}
    token, note = folder / "token.der", folder / "note.txt"
    token.write_bytes(base64.b64decode(line["content"]))
    note.write_text(notes[line["size"]], encoding="utf-8")
    trust = ("-CAfile", str(authority.root), "-untrusted", "stamper.pem")
    given = ("-in", str(token), "-token_in", "-data", str(note))
    assert "Verification: OK" in authority.openssl("ts", "-verify", *given, *trust)


def test_rule_09_a_letter_holds_the_checkpoint_and_nothing_of_a_case(
    register: Register, mail: tuple[MailService, SmtpMailer]
) -> None:
    register.read()
    anchoring(register, Outside(mail[1])).run(JOB)
    first, second = mail[0].letters
    assert [first["To"], second["To"]] == ["dpd@ville.example", "referente@club.example"]
    assert first["Auto-Submitted"] == "auto-generated"
    with register.database.reading(Scope(COUNCIL)) as session:
        note = RegisterGateway(session, COUNCIL).notes(1)[-1].note
    text = first.get_content().replace("\r\n", "\n")
    assert note in text
    assert short_code(note) in text
    words = text.replace(note, "").replace(short_code(note), "")
    assert words.count("\n") < 8
    assert not any(figure in words for figure in "0123456789")


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_an_address_that_is_refused_keeps_no_other_from_its_letter(
    register: Register, mail: tuple[MailService, SmtpMailer]
) -> None:
    register.read()
    settings = mail[1].settings
    some = replace(
        mail[1], settings=replace(settings, recipients=("refused@x.example", "a@b.example"))
    )
    anchors = anchoring(register, Outside(some))
    assert (anchors.run(JOB), anchors.run(JOB)) == (1, 0)
    assert [letter["To"] for letter in mail[0].letters] == ["a@b.example"]
    none = replace(mail[1], settings=replace(settings, recipients=("refused@x.example",)))
    with pytest.raises(Unavailable):
        anchoring(register, Outside(none)).run(JOB)


def test_who_cannot_be_reached_is_recorded_and_asked_again_and_the_others_are_not(
    register: Register, mail: tuple[MailService, SmtpMailer], authority: Authority
) -> None:
    register.read()
    nobody = HttpStamper("http://127.0.0.1:9", authority.root)
    with pytest.raises(Unavailable):
        anchoring(register, Outside(mail[1], nobody)).run(JOB)
    assert (kept(register), outcomes(register)) == ([("mail", 1)], ["failed"])
    with serving(answering(authority.stamp)) as port:
        there = replace(nobody, name=f"http://127.0.0.1:{port}")
        assert anchoring(register, Outside(mail[1], there)).run(JOB) == 1
    assert len(mail[0].letters) == 2
    assert anchoring(register, Outside()).run(JOB) == 0


def test_a_witness_that_saw_another_history_cosigns_nothing(
    register: Register, partner: Partner
) -> None:
    register.read(times=10)
    assert anchoring(register, Outside(witnesses=[partner.witness])).run(JOB) == 1
    register.clock.advance(days=1)
    lines = stored(register)
    lines[4] = lines[4]._replace(kind="meeting:read")
    rewrite(register, lines)
    register.read(times=3)
    with pytest.raises(Unavailable):
        anchoring(register, Outside(witnesses=[partner.witness])).run(JOB)
    assert kept(register) == [("cosignature", 10)]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_an_anchor_that_is_about_something_else_is_found(
    register: Register, authority: Authority, partner: Partner, tmp_path: Path
) -> None:
    register.read(times=3)
    with serving(answering(authority.stamp)) as port:
        stamper = HttpStamper(f"http://127.0.0.1:{port}", authority.root)
        anchoring(register, Outside(None, stamper, [partner.witness])).run(JOB)
    files = unpacked(exported(register, tmp_path / "export.zip"))
    whole = lines_of(files, "anchors.jsonl")
    other = {one["size"]: one for one in lines_of(files, "checkpoints.jsonl")}
    endless = base64.b64encode(b"\x30\x84\xff\xff\xff\xff").decode()
    for wrong in (
        {"size": max(other)},
        {"size": 2},
        {"content": endless},
        {"content": "*"},
        {"size": "3"},
    ):
        put(files, [one | wrong for one in whole], "anchors.jsonl")
        code, report = checked(packed(mended(files), tmp_path / "bad.zip"), "--temoin", partner.key)
        assert (code, {one["what"] for one in report["faults"]}) == (1, {"anchor-wrong"})


def test_a_stamp_of_another_question_or_of_another_authority_is_refused(
    authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> None:
    question, other = StampQuestion(b"checkpoint"), StampQuestion(b"checkpoint")
    answer, roots = authority.stamp(question.to_bytes()), authority.root.read_bytes()
    assert question.token_in(answer, roots)
    stranger = Authority(tmp_path_factory.mktemp("stranger"))
    for wrong, trusted in (
        (authority.stamp(other.to_bytes()), roots),
        (answer, stranger.root.read_bytes()),
        (answer[:-1], roots),
        (b"", roots),
    ):
        with pytest.raises(SealBroken):
            question.token_in(wrong, trusted)

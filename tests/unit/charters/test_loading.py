"""Every fault of a charter file, with its sentence and its line, all at once."""

import hashlib

import pytest

from casework.charters.faults import CharterFaults
from casework.charters.loading import check, load
from casework.charters.vocabulary import CaseKind
from tests.unit.charters.gsn import TEXT, gsn
from tests.unit.charters.shipped import text_of

WORSE = [
    # parts and keys
    ('title = "Charte du', 'titre = "Charte du', "« titre » n’est pas connu ici (vouliez"),
    ('kind = "followup"', 'kind = "watch"', "« watch » n’est pas une procédure connue."),
    ('kind = "followup"', 'kind = "folowup"', "(vouliez-vous dire « followup » ?)."),
    ("version = 1", 'version = 1\ngroup = ""', "« group » doit être un texte."),
    ("version = 1", f'version = 1\ngroup = "{"g" * 81}"', "80 caractères au plus."),
    ("version = 1", 'version = 1\nvalid_from = "2027"', "« valid_from » doit être un jour"),
    ("version = 1", "version = 1\nvalid_from = 2027-01-01T08:00:00", "doit être un jour"),
    ("version = 1", "version = 0", "« version » doit être un nombre entier à partir de 1."),
    ('"mission_locale", "victim', '"lobby", "victim', "« lobby » n’est pas un code connu"),
    ("[texts]", "[text]", "n’est pas une partie connue d’une charte (vouliez-vous"),
    ('sheet = "Fiche', 'health = "Fiche', "« health » n’est pas une classe de contenu"),
    ('sheet = "Fiche', 'protected_contact = "Fiche', "n’existe pas dans cette procédure."),
    # limits of law
    ("after_closure_months = 3", "after_closure_months = 37", "doit être entre 0 et 36"),
    ("after_closure_months = 3", "after_closure_months = 12", "dites « because »."),
    ("age_to = 25", "age_to = 26", "doit être entre 13 et 25"),
    ("age_from = 12", "age_from = 10", "dites « because »."),
    ("after_closure_months = 3", "after_closure_months = 48", "délibération 2014-262, art. 5)"),
    ("kept_months = 36", "kept_months = 37", "doit être entre 6 et 36"),
    ("kept_months = 36", "kept_months = 6", "au moins le temps consultable."),
    ("readers_named = false", 'readers_named = "oui"', "doit être true ou false."),
    ("review_months = 6", "review_months = 7", "doit être entre 1 et 6"),
    ("free_text_max = 400", "free_text_max = 501", "doit être entre 80 et 500"),
    ("free_text_max = 400", 'free_text_max = "400"', "doit être un nombre entier."),
    ("quorum = 3", "quorum = true", "doit être un nombre entier."),
    ('["identity", "sheet"]', '["origin"]', "« origin » ne peut pas être projeté"),
    ("before_first_review = true", "before_first_review = false", "précède le premier bilan"),
    ("legal_representatives = true", "legal_representatives = 1", "doit être true ou false."),
    # articles
    ('number = "2"', 'number = "1"', "L’article 1 est écrit deux fois."),
    ('number = "18"', 'number = "article 18"', "minuscules, chiffres, points et tirets"),
    ('article = "14"', 'article = "99"', "L’article 99 n’existe pas."),
    ('["origin-masked"]', '["origin-hidden"]', "ne fonde le refus « origin-masked »."),
    ('["origin-masked"]', '["origin-masked", "sealed"]', "Plusieurs articles fondent le refus"),
    # rules
    ('id = "referrer-answers"', 'id = "member-refers"', "est écrite deux fois."),
    ('acts = ["answer"]', 'acts = ["spy"]', "« spy » n’est pas un code connu pour « acts »."),
    ('acts = ["answer"]', "acts = [[1]]", "n’est pas un code connu pour « acts »."),
    ('acts = ["answer"]', "acts = []", "« acts » doit être une liste de codes."),
    ('acts = ["answer"]', 'acts = ["answer", "read"]', "doit dire sur quelle classe il porte."),
    ('acts = ["answer"]', 'acts = ["answer"]\nclasses = ["sheet"]', "ne porte sur « sheet »."),
    ('level = "exists"', 'level = "all"', "« all » n’est pas un niveau connu."),
    ('level = "exists"', 'level = "none"', "« none » n’est pas un niveau connu."),
    ('acts = ["prepare"]\nlevel = "write"', 'acts = ["prepare"]\nlevel = "read"', "« write »."),
    ('when = "in_meeting"', 'when = "in_meting"', "fait connu (vouliez-vous dire « in_meeting »"),
    ('when = "in_meeting"', 'when = "restricted"', "ne peut jamais s’appliquer à « decide »."),
    ('["lead"]\nacts = ["report"]', '["dpo"]\nacts = ["report"]', "jamais accès au contenu."),
    ('["coordinator", "referrer"]', '["named"]', "L’origine n’est ouverte"),
    ('["prosecutor", "youth_justice"]', '["landlord"]', "« judicial » ne peut pas être ouvert"),
    ('["social_service", "street_work", "social_centre"]', '["education"]', "« social » ne peut"),
    ('categories = ["municipality"]', 'categories = ["archives"]', "n’est pas signataire"),
    ('categories = ["municipality"]', 'categories = ["landlordd"]', "dire « landlord »"),
    ('when = "own_commune and not', 'when = "landlord and not', "ne peut jamais s’appliquer"),
    ('acts = ["prepare"]', 'acts = ["prepare"]\nvalid_to = "été"', "doit être un jour"),
    # lists
    ('truancy = "', 'Truancy = "', "« Truancy » n’est pas un code"),
    ('truancy = "Absences', 'truancy = "Santé, absences', "« Santé » sort du cadre"),
    ("postponed =", "adjourned =", "doit contenir le code « postponed »."),
    ("[lists.origins]", "[lists.sources]", "« sources » n’est pas connu ici"),
]


def line_of(text: str, fragment: str) -> int:
    return text[: text.index(fragment)].count("\n") + 1


def nbsp(sentence: str) -> str:
    return sentence.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


@pytest.mark.parametrize(("good", "bad", "sentence"), WORSE)
def test_each_fault_is_told_in_a_sentence(good: str, bad: str, sentence: str) -> None:
    assert good in TEXT
    faults = check(TEXT.replace(good, bad, 1))
    assert any(nbsp(sentence) in fault.sentence for fault in faults), faults


@pytest.mark.parametrize(
    ("good", "bad", "key"),
    [
        ("after_closure_months = 3", "after_closure_months = 99", "after_closure_months"),
        ('acts = ["answer"]', 'acts = ["spy"]', 'acts = ["spy"]'),
        ('when = "in_meeting"', 'when = "boss"', 'when = "boss"'),
        ('truancy = "Absences', 'truancy = "Alcool', "truancy ="),
        ('article = "14"', 'article = "99"', 'article = "99"'),
        ('["identity", "sheet"]', '["origin"]', "projected ="),
    ],
)
def test_each_fault_is_at_its_line(good: str, bad: str, key: str) -> None:
    worse = TEXT.replace(good, bad, 1)
    assert {fault.line for fault in check(worse)} == {line_of(worse, key)}


def test_all_the_faults_are_told_at_once_in_the_order_of_the_lines() -> None:
    worse = TEXT.replace("age_to = 25", "age_to = 30")
    worse = worse.replace("review_months = 6", "review_months = 60")
    worse = worse.replace('acts = ["answer"]', 'acts = ["spy"]')
    faults = check(worse)
    assert len(faults) == 3
    assert faults == sorted(faults)


def test_a_charter_with_faults_is_not_loaded() -> None:
    with pytest.raises(CharterFaults) as refused:
        load(TEXT.replace("age_to = 25", "age_to = 30"))
    assert [fault.sentence for fault in refused.value.listed] == [
        nbsp("« age_to » vaut 30 et doit être entre 13 et 25")
        + " (CNIL, délibération 2014-262, art. 5)."
    ]
    assert refused.value.faults[0].startswith("ligne ")


def test_what_is_not_toml_is_told_at_its_line() -> None:
    (fault,) = check('title = "a"\nkind = followup\n')
    assert fault.line == 2
    assert fault.sentence == "Ce n’est pas du TOML lisible à partir d’ici."


@pytest.mark.parametrize("text", ["", "rules = 3\narticles = [1]\nlists = []\ncharter = 'x'\n"])
def test_a_file_that_says_nothing_lacks_every_part(text: str) -> None:
    sentences = " ".join(fault.sentence for fault in check(text))
    for part in ("charter", "persons", "clocks", "information", "lists"):
        assert nbsp(f"La partie « {part} » manque") in sentences


def test_a_longer_duration_is_taken_with_its_written_reason() -> None:
    longer = 'after_closure_months = 12\nbecause = "Avis de la déléguée, 3 juin 2026"'
    charter = load(TEXT.replace("after_closure_months = 3", longer))
    assert charter.clocks.after_closure_months == 12
    assert charter.clocks.because == "Avis de la déléguée, 3 juin 2026"


def test_a_younger_age_is_taken_with_its_written_reason() -> None:
    younger = 'age_from = 10\nbecause = "Collèges dès la sixième"'
    assert load(TEXT.replace("age_from = 12", younger)).persons.age_from == 10


@pytest.mark.parametrize(("said", "named"), [("true", True), ("false", False), ("", False)])
def test_persons_are_told_the_names_of_readers_only_where_the_charter_says_so(
    said: str, *, named: bool
) -> None:
    line = f"readers_named = {said}" if said else ""
    assert load(TEXT.replace("readers_named = false", line)).register.readers_named is named


def test_the_digest_is_that_of_the_text_that_people_sign() -> None:
    assert gsn().digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert load(TEXT + "\n").digest != gsn().digest


def test_a_charter_cannot_be_changed_once_loaded() -> None:
    with pytest.raises(TypeError):
        gsn().articles["1"] = gsn().articles["2"]  # type: ignore[index]


VICTIMS = text_of(CaseKind.VICTIM)
REMINDERS = text_of(CaseKind.REMINDER)


@pytest.mark.parametrize(
    ("text", "good", "bad", "sentence"),
    [
        (
            VICTIMS,
            "after_closure_months = 1",
            "after_closure_months = 25",
            "référentiel du",
        ),
        (VICTIMS, "review_months = 1", "review_months = 4", "doit être entre 1 et 3"),
        (VICTIMS, '["triage", "report"', '["decide", "report"', "« decide » n’existe pas dans"),
        (VICTIMS, 'level = "exists"', 'level = "summary"', "rien de plus : « exists »."),
        (VICTIMS, "[persons]", "[meetings]\nquorum = 3\n[persons]", "n’a pas de séance."),
        (VICTIMS, "[lists.needs]", "[lists.facts]", "« facts » n’est pas connu ici"),
        (VICTIMS, "consent_withdrawn =", "withdrawn =", "doit contenir le code « consent_w"),
        (VICTIMS, 'private = "Notes', 'judicial = "Notes', "n’existe pas dans cette procédure."),
        (REMINDERS, "after_closure_months = 12", "after_closure_months = 37", "entre 0 et 36"),
        (REMINDERS, "after_closure_months = 12", "after_closure_months = 24", "dites « because »."),
        (REMINDERS, "age_from = 13", "age_from = 9", "CJPM, art. L. 11-1"),
        (REMINDERS, "opinion_working_days = 10", "opinion_working_days = 31", "entre 1 et 30"),
        (REMINDERS, "summons_days = 8", "summons_days = 1", "doit être entre 2 et 60"),
        (REMINDERS, "silence_agrees = false", "", "« silence_agrees » doit être true ou"),
        (REMINDERS, "summons_days = 8", "summons_days = 8\nstrict = true", "« strict » n’est pas"),
        (VICTIMS, "[persons]", '[protocol]\narticle = "8"\n[persons]', "n’a pas de protocole"),
        (REMINDERS, '["other-commune"]', '["social-secret"]', "le refus « other-commune »."),
        (text_of(CaseKind.FAMILY_COUNCIL), "age_to = 18", "age_to = 21", "CASF, art. L. 141-1"),
    ],
)
def test_each_procedure_has_its_own_limits_acts_and_lists(
    text: str, good: str, bad: str, sentence: str
) -> None:
    assert good in text
    faults = check(text.replace(good, bad, 1))
    said = nbsp(sentence).replace(" :", "\u00a0:")
    assert any(said in fault.sentence for fault in faults), faults


def test_without_an_opinion_no_silence_can_agree() -> None:
    worse = REMINDERS.replace("opinion_required = true", "opinion_required = false")
    worse = worse.replace("silence_agrees = false", "silence_agrees = true")
    (fault,) = check(worse)
    assert "aucun silence ne vaut accord" in fault.sentence
    assert fault.line == line_of(worse, "silence_agrees")


def test_a_protocol_cites_an_article_of_the_charter() -> None:
    worse = REMINDERS.replace('[protocol]\narticle = "8"', '[protocol]\narticle = "80"')
    assert [fault.sentence for fault in check(worse)] == ["L’article 80 n’existe pas."]


def test_a_reminder_without_a_protocol_asks_the_prosecutor_and_takes_no_silence_for_a_yes() -> None:
    head, _, tail = REMINDERS.partition("[protocol]")
    silent = load(head + tail.partition("incivility_notices = true\n")[2]).protocol
    assert (silent.opinion_required, silent.silence_agrees) == (True, False)
    assert (silent.opinion_working_days, silent.incivility_notices) == (10, False)


def test_a_group_is_called_by_its_charter_or_by_the_usual_name_of_its_procedure() -> None:
    assert gsn().group == "Groupe de suivi nominatif"
    named = TEXT.replace("version = 1", 'version = 1\ngroup = "Cellule de veille"', 1)
    assert load(named).group == "Cellule de veille"


def test_a_charter_of_four_years_is_refused_with_the_reason_of_the_law() -> None:
    four_years = "after_closure_months = 48"
    (fault,) = check(TEXT.replace("after_closure_months = 3", four_years))
    assert fault.sentence == (
        nbsp("« after_closure_months » vaut 48 et doit être entre 0 et 36")
        + " (CNIL, délibération 2014-262, art. 5)."
    )


def test_what_is_wrong_is_never_repeated_at_length() -> None:
    endless = TEXT.replace('acts = ["answer"]', f'acts = ["{"a" * 3000}"]')
    assert max(len(fault.sentence) for fault in check(endless)) < 200


@pytest.mark.parametrize(
    ("name", "block"),
    [
        ("rules", '\n[[rules]]\nid = "r"\n'),
        ("articles", '\n[[articles]]\nnumber = "a"\n'),
    ],
)
def test_more_than_anybody_would_read_aloud_is_refused_and_not_compiled(
    name: str, block: str
) -> None:
    faults = check(TEXT + block * 201)
    assert any(
        nbsp(f"Une charte a 200 parties « {name} » au plus.") == one.sentence for one in faults
    )


def test_rules_that_tell_too_many_cases_apart_are_refused_and_not_compiled() -> None:
    recipients = '["coordinator", "named", "lead", "referrer"]'
    signatories = "".join(f'"{one}", ' for one in gsn().signatories)
    several = '"read", "contribute"'
    block = "".join(
        f'\n[[rules]]\nid = "wide-{n}"\narticle = "6"\nsays = "Large."\nrecipients = {recipients}\n'
        f'categories = [{signatories}]\nacts = [{several}]\nclasses = ["sheet", "identity"]\n'
        f'level = "write"\nwhen = "(in_meeting or on_agenda) and (followed or own_action)"\n'
        for n in range(30)
    )
    assert any("trop de cas" in fault.sentence for fault in check(TEXT + block))

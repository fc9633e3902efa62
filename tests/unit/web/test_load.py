from casework.web.load import sentences

SAID = ["Ce champ n’est pas attendu ici."]


def test_messages_are_told_by_the_path_of_their_field() -> None:
    messages = {"lines": {0: {"label": SAID}}, "name": SAID}
    assert dict(sentences(messages)) == {"lines.0.label": SAID, "name": SAID}


def test_a_name_nobody_announced_is_not_repeated_however_deep() -> None:
    for name in ("Zéphirinquoise", "\ud800", "a b", "x" * 41, "0612345678"):
        assert dict(sentences({name: SAID})) == {"_schema": SAID}
        assert dict(sentences({"action": {name: SAID}})) == {"action._schema": SAID}

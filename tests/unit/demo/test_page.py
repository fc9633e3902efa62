import pytest

from casework.demo.check.page import CheckFailed
from casework.demo.check.reading import read_page

HTML = """<!doctype html><html><head><title>Essai — casework</title>
<style>.x { color: red }</style></head><body>
<a href="/a"><svg><use href="#i"/></svg><span>Aller   là</span></a>
<table><tr><td>Mme A.</td><td>lecture</td></tr><tr><td>M. B.</td><td>refus</td></tr></table>
<form method="post" action="/envoi?suite=1"><input type="hidden" name="csrf_token" value="t">
<input name="nom" value="Dupré"><input type="radio" name="choix" value="un">
<input type="radio" name="choix" value="deux" checked><input type="checkbox" name="bon" value="yes">
<select name="ville"><option value="">Choisir…</option><option value="67">Ville&nbsp;A</option>
</select><textarea name="mots">
Deux
lignes</textarea><button type="submit" name="button" value="next">Envoyer</button></form>
</body></html>"""


def test_words_links_and_rows_are_read_as_a_person_sees_them() -> None:
    page = read_page(200, "/ici", HTML)
    assert page.title == "Essai — casework"
    assert page.link("Aller là") == "/a"
    assert page.row("M. B.", "refus") == "M. B. refus"
    assert "color" not in page.text
    with pytest.raises(CheckFailed):
        page.row("Mme A.", "refus")


def test_a_form_holds_what_a_browser_would_send() -> None:
    sent = read_page(200, "/ici", HTML).form("/envoi").filled({"nom": "Autre", "ville": "67"})
    assert sent == {
        "csrf_token": ["t"],
        "nom": ["Autre"],
        "choix": ["deux"],
        "ville": ["67"],
        "mots": ["Deux\nlignes"],
    }


@pytest.mark.parametrize("given", [{"inconnu": "x"}, {"ville": "68"}, {"bon": "no"}])
def test_nobody_can_send_what_the_form_does_not_offer(given: dict[str, str]) -> None:
    form = read_page(200, "/ici", HTML).form("/envoi")
    with pytest.raises(CheckFailed):
        form.filled(dict(given))


def test_what_a_list_offers_is_found_by_its_words() -> None:
    assert read_page(200, "/ici", HTML).option("Ville A") == "67"


def test_words_are_compared_whatever_the_capitals_and_the_spaces() -> None:
    page = read_page(200, "/ici", "<p>Zoé DUPRÉ\u00a0: oui</p>")
    page.says("zoé dupré : oui")
    with pytest.raises(CheckFailed):
        page.hides("Dupré")
    with pytest.raises(CheckFailed):
        page.says("non")

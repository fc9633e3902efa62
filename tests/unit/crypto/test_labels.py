from casework.crypto import labels
from tests.unit.crypto.frozen import load


def test_published_labels_never_change() -> None:
    ours = {name: value.decode() for name, value in vars(labels).items() if name.isupper()}
    assert ours == load("labels")


def test_no_label_serves_two_purposes() -> None:
    values = [value for name, value in vars(labels).items() if name.isupper()]
    assert len(set(values)) == len(values)

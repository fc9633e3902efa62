"""Given names that are spelled in several ways: the same name to whoever looks for it."""

from typing import Final

_SAME: Final = (
    "mohamed mohammed mohamad mohammad muhammad muhammed muhamed mouhamed mouhammad",
    "mamadou mamadu mahamadou mamoudou",
    "yassine yassin yacine yasin yasine",
    "fatima fatimah fatma",
    "ilyes ilyas iliyes ilies elyes ilias",
    "aicha aisha aycha",
    "youssef youssouf yusuf yousef youcef",
    "ibrahim ibrahima brahim",
    "abdallah abdoulaye abdullah",
    "oumar omar umar",
    "khadija khadidja kadija",
    "mehdi mahdi",
    "rayan rayane ryan",
    "sofiane soufiane sofian",
    "alexandre alexander",
    "stephane stefane",
    "catherine katherine katrine",
    "mathieu matthieu mathieux",
    "theo teo",
    "chloe cloe",
)
_OF: Final = {name: tuple(line.split()) for line in _SAME for name in line.split()}


def variants(name: str) -> tuple[str, ...]:
    """Return the spellings of a folded given name, itself among them; none that we know of."""
    return _OF.get(name, ())

"""The pages of the register, for its data protection officer."""

from casework.audit.pages import codes, export
from casework.audit.pages.blueprint import pages
from casework.audit.pages.names import Names, NamesHolder, Person
from casework.audit.pages.register import alerts_shown

__all__ = ["Names", "NamesHolder", "Person", "alerts_shown", "codes", "export", "pages"]

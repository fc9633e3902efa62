"""Who and what the ids of the register are: partners and references, put behind one interface."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from casework.audit.entry import CITED
from casework.audit.pages import Person
from casework.cases.service.references import References
from casework.partners.directory import Directory


@dataclass(frozen=True, slots=True)
class RegisterNames:
    """Implements `audit.pages.Names` with what stands above the register."""

    directory: Directory
    cases: References

    def persons(self, ids: Iterable[UUID]) -> Mapping[UUID, Person]:
        """Return members by id."""
        labels = self.directory.labels(ids)
        return {one: Person(label.name, label.organisation) for one, label in labels.items()}

    def everyone(self) -> Mapping[UUID, Person]:
        """Return every member, by name."""
        return self.persons(self.directory.everyone())

    def organisations(self) -> Mapping[UUID, str]:
        """Return every partner body."""
        return {one: body.name for one, body in self.directory.organisations().items()}

    def references(self, ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """Return references of cases; erased ones are absent."""
        return self.cases.of(ids)

    def unnumbered(self, ids: Iterable[UUID]) -> frozenset[UUID]:
        """Return which of some ids are cases that have no number yet."""
        return self.cases.unnumbered(ids)

    def texts(self) -> Mapping[str, str]:
        """Return the number of each text of a charter."""
        return {digest[:CITED]: number for digest, number in self.directory.charters().items()}

    def case_of(self, reference: str) -> UUID | None:
        """Return the case of a reference, or None."""
        return self.cases.case_of(reference)

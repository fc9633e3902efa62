"""People before the cases of one shipped charter, in a few words."""

from dataclasses import dataclass

from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Standing
from casework.charters.outcome import Decision, Wanted
from casework.charters.vocabulary import CaseKind, CharterAct, CompartmentClass
from tests.unit.charters.shipped import shipped


@dataclass(frozen=True)
class Readers:
    """Asks the charter of one procedure."""

    kind: CaseKind

    def ask(
        self,
        standing: Standing,
        facts: CaseFacts,
        act: CharterAct,
        class_: CompartmentClass | None = None,
    ) -> Decision:
        return decide(shipped(self.kind), standing, Wanted(act, class_), facts)

    def reads(self, standing: Standing, facts: CaseFacts) -> set[CompartmentClass]:
        """Return the parts that somebody reads."""
        parts = shipped(self.kind).compartments
        return {one for one in parts if self.ask(standing, facts, CharterAct.READ, one).allowed}

    def does(self, standing: Standing, facts: CaseFacts) -> set[CharterAct]:
        """Return the acts that somebody may do, on any part."""
        gates = shipped(self.kind).gates
        return {one.act for one in gates if self.ask(standing, facts, *one).allowed}

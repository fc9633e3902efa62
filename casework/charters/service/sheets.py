"""What is known of a text, gathered: who has a say, who approved and signed, what changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casework.audit.work import Work
from casework.charters import gateway
from casework.charters.charter import Charter
from casework.charters.comparing import compare
from casework.charters.differences import differences
from casework.charters.effects import Effects, LiveGroup, unbound
from casework.charters.gateway import Version
from casework.charters.lifecycle import functions_of
from casework.charters.service.entering import Entering
from casework.charters.service.neighbours import Body, Governed
from casework.charters.service.values import GroupEffects, Signing, VersionSheet
from casework.clock import local_day
from casework.identity import Role


@dataclass(frozen=True, slots=True)
class Sheets:
    """Reads inside the unit of work of the task."""

    entering: Entering

    def of(self, work: Work, version: Version) -> VersionSheet:
        """Return everything about a text, and what it changes in its words."""
        council_id, charter = work.principal.council_id, self.charter(work, version)
        former = self.former(work, version)
        before = self.charter(work, former) if former else charter
        today = local_day(work.now)
        return VersionSheet(
            version=version,
            charter=charter,
            former=former,
            groups=tuple(one.name for one in self.governed(work, version)),
            approvals=tuple(gateway.approvals_of(work.session, council_id, version.id)),
            signings=tuple(self._signings(work, version, charter)),
            ready=self.entering.readiness(work.session, council_id, version, today),
            functions=self.functions(work, version),
            rights=tuple(compare(before, charter)) if former else (),
            differences=tuple(differences(before, charter)) if former else (),
        )

    def before(self, work: Work, sheet: VersionSheet) -> Charter:
        """Return the text that a sheet's text follows, or itself when it follows none."""
        return self.charter(work, sheet.former) if sheet.former else sheet.charter

    def charter(self, work: Work, version: Version) -> Charter:
        """Return a text, compiled."""
        return self.entering.library.of(work.session, work.principal.council_id, version.id)

    def former(self, work: Work, version: Version) -> Version | None:
        """Return the text that this one follows."""
        if version.replaces_id is None:
            return None
        return gateway.version(work.session, work.principal.council_id, version.replaces_id)

    def functions(self, work: Work, version: Version) -> frozenset[Role]:
        """Return in which functions the one who asks has a say in a text."""
        groups = {one.id for one in self.governed(work, version)}
        return functions_of(work.principal, groups, local_day(work.now))

    def governed(self, work: Work, version: Version) -> Sequence[Governed]:
        """Return the groups under a text, or those that would be.

        Where another text took the place of the one it was to replace: all of its procedure.
        """
        council_id, house = work.principal.council_id, self.entering.neighbours
        if version.entered_on is not None or version.replaces_id is None:
            return house.governed(work.session, council_id, version.id)
        found = house.governed(work.session, council_id, version.replaces_id)
        every = house.groups(work.session, council_id)
        return found or [one for one in every if one.kind is version.kind]

    def _signings(self, work: Work, version: Version, charter: Charter) -> Iterator[Signing]:
        council_id = work.principal.council_id
        given = gateway.signatures_of(work.session, council_id, version.id)
        known = {one.organisation_id: one for one in given}
        for one in self.entering.neighbours.bodies(work.session, council_id):
            if one.left_on is None and one.category in charter.signatories:
                yield Signing(one.id, one.name, known.get(one.id))


def effects_on(
    groups: Iterable[LiveGroup],
    before: Charter,
    sheet: VersionSheet,
    bodies: Iterable[Body],
    today: date,
) -> Iterator[GroupEffects]:
    """Yield what a text would change for the people and cases of each group."""
    effects = Effects(before, sheet.charter)
    signed = frozenset(one.body_id for one in sheet.signings if one.binds(today))
    categories = {one.id: one.category for one in bodies}
    for group in groups:
        yield GroupEffects(
            group.name,
            group.size,
            len(group.seated),
            tuple(effects.of(group)),
            tuple(unbound(group, sheet.charter, signed, categories)),
        )

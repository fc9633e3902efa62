"""The line of steps of each kind of case."""

from typing import Protocol

from casework.cases.circles import GroupBook
from casework.cases.pages.views.courses.family_council import FamilyCourse
from casework.cases.pages.views.courses.reminder import ReminderCourse
from casework.cases.pages.views.procedure import Course
from casework.cases.pages.views.steps import standing_of_file
from casework.cases.values import CaseFile
from casework.charters.vocabulary import CaseKind
from casework.web.look import Step


class Line(Protocol):
    """Where a case stands, and what stops it."""

    def steps(self) -> tuple[Step, ...]:
        """Return its steps."""
        ...

    def blocks(self) -> str:
        """Return what stops the procedure now, in a sentence, or nothing."""
        ...


def course_of(file: CaseFile, book: GroupBook, open_actions: int) -> Line:
    """Return the line of steps of a case."""
    if file.head.kind == CaseKind.FAMILY_COUNCIL:
        minor = standing_of_file(file, book).minor
        return FamilyCourse(file.head, book.charter, file.steps, book.day, minor)
    if file.head.kind == CaseKind.REMINDER:
        return ReminderCourse(file.head, book.charter, file.steps, book.day)
    return Course(file.head, book.charter, open_actions, book.day)

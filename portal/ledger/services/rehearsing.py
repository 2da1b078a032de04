"""An import without the import: what would go in, what would become of each decision, and what would be set aside."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from portal.foundation.database import looking
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.parsing import Decided, Entry, steps_of
from portal.ledger.services.imports import Brought, in_batches, new_ones, read_entries


@dataclass
class Rehearsed:
    """What an import would do, counted by the code that does it.

    Attributes:
        brought: what would be added, known already or set aside.
        decisions: how often each word of the earlier record would become what: an action so far along, an
            explanation, or a first word.
        undecided: how many would stay open without a word of the company that decides anything.
        unexplained: explanations whose reason was not recorded.
        undated: decisions whose day was not recorded.
        disordered: how many are older than one that goes in before them, and would stand above it.
        newest: of all that was counted.
    """

    brought: Brought
    decisions: Counter[tuple[str, ActionStage | ResponseKind]] = field(default_factory=Counter)
    undecided: int = 0
    unexplained: int = 0
    undated: int = 0
    disordered: int = 0
    newest: datetime | None = None


def rehearse(lines: Iterable[bytes], *, source: str) -> Rehearsed:
    """Read an earlier record as `bring_over` would, in a look that can change nothing.

    Args:
        lines: JSON Lines, see docs/import-suggestions.md for the keys.
        source: the name of the record; ids are its own.
    """
    rehearsed = Rehearsed(Brought())
    for batch in in_batches(read_entries(lines, rehearsed.brought)):
        # A look for each of them: a long file must not hold one as of its first line.
        with looking():
            entries = [entry for _key, entry in new_ones(batch, source, rehearsed.brought)]
        for entry in entries:
            _count(entry, rehearsed)
    rehearsed.brought.rejected.sort()
    return rehearsed


def _count(entry: Entry, rehearsed: Rehearsed) -> None:
    brought, steps = rehearsed.brought, list(steps_of(entry))
    answers = sum(step.is_answer for step in steps)
    brought.ideas += 1
    brought.answers += answers
    brought.comments += len(steps) - answers
    brought.voices += entry.votes + len(entry.voters)
    if entry.created_at is not None:
        newest = rehearsed.newest or entry.created_at
        rehearsed.disordered += entry.created_at < newest
        rehearsed.newest = max(newest, entry.created_at)
    decided = entry.decided
    if decided is None or decided.what is ResponseKind.ACKNOWLEDGEMENT:
        rehearsed.undecided += 1
    if decided is None:
        return
    rehearsed.decisions[decided.word, decided.what] += 1
    rehearsed.undated += decided.at is None
    said = next((step.reply.words for step in steps if step.decides is not None and step.reply), "")
    rehearsed.unexplained += _lacks_reason(decided, said)


def _lacks_reason(decided: Decided, said: str) -> bool:
    return decided.what is ResponseKind.EXPLANATION and not (decided.reason or said)

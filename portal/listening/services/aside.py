"""Reading a batch in a process of its own while the one before it is stored, so that two cores share the work."""

from collections.abc import Sequence

from portal.foundation.jobs import Beside
from portal.listening.drafts import MentionDraft
from portal.listening.judgements import LearnedModel
from portal.listening.services.learned import words_of
from portal.listening.signals.child import ReadRow, pack_models
from portal.listening.signals.names import NO_NAMES, Names


class ReadingAside(Beside):
    """The process that reads; one batch at a time is with it. A context manager.

    Args:
        models: what was learned and is switched on, with its weights.
        names: whose words carry no tone.
    """

    def __init__(self, models: Sequence[LearnedModel], names: Names = NO_NAMES) -> None:
        first = pack_models({row.signal.value: (row.weights, row.classes) for row in models}, names)
        super().__init__("portal.listening.signals.child", first)

    def hand_over(self, work: Sequence[MentionDraft]) -> None:
        """Let the process read these; the last batch was collected before."""
        super().hand_over([(words_of(draft.title, draft.text, draft.kind), draft.lang, draft.kind) for draft in work])

    def collect(self) -> list[ReadRow] | None:
        """What it read in the last batch, in its order; None if the process is gone."""
        rows = super().collect()
        return None if rows is None else [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]

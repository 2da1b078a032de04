"""One row of the ledger in words: what a member said beside what the company did about it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from portal.accounts.languages import words_for
from portal.foundation.text import date_words, markdown_excerpt, working_words
from portal.foundation.text import gettext as _
from portal.ledger.models import (
    ActionStage,
    LinkKind,
    ProofFile,
    ResponseKind,
    WordKind,
    beside_title,
    read_link,
)
from portal.ledger.promises import first_name, is_overdue, promise_words
from portal.ledger.queries.tags import Tags, read_tags
from portal.ledger.queries.unnamed import without_names


@dataclass(frozen=True)
class LedgerRow:
    """One row, as the macro `ledger_row` draws it; `votes` counts the author's own voice too.

    Attributes:
        answered_at: None too for an answer of an earlier record that does not say when it was given.
        changed_at: when the newest of what the row tells was written.
    """

    id: int
    url: str
    title: str
    words: str
    said_by: str
    said_at: datetime
    changed_at: datetime
    standing: str
    standing_label: str
    votes: int
    is_overdue: bool
    promise: str
    answer_words: str
    answered_by: str
    answered_at: datetime | None
    kind_label: str
    took: str
    proof_url: str
    proof_label: str
    # There is something to see, and it is for members alone: a file.
    has_kept_proof: bool = False
    # Why the promise broke; and what the author says of what came of it, such as "Maya says it helped".
    late_because: str = ""
    verdict: str = ""
    helped: bool | None = None
    circle: str = ""
    notice: str = ""
    tags: Tags = ()


def row_of(
    found: Any, zone: tzinfo, public: bool, languages: Sequence[str], unnamed: tuple[str, ...] = ()
) -> LedgerRow:
    """What was read of a suggestion as its row.

    Args:
        zone: the reader's, for the words of a promise.
        public: for people from outside: members are named only where they said so.
        languages: the reader's, the most wanted first.
        unnamed: for people from outside: names that they do not read in any words.
    """
    late = is_overdue(found)
    # Whoever wrote something down for another agreed for themselves alone.
    named = not public or (found.is_named_publicly and not found.on_behalf_of)
    answered_by, answered_at, words = found.answerer or "", found.answered_at, _message(found, languages)
    proof_url, proof_label = _proof(found, public)
    # What an action came to later is the newer word of the company.
    is_step = bool(found.progress_words) and found.recorded_at > found.answered_at
    if found.imported_as and found.after_minutes is None:
        answered_at = None
    if is_step:
        answered_by, answered_at, words = found.recorder, found.recorded_at, found.progress_words

    def outside(words: str) -> str:
        # Whoever it was written down for has no account among those.
        return without_names(without_names(words, unnamed), () if named else (found.author,))

    return LedgerRow(
        id=found.id,
        url=f"#idea-{found.id}" if public else f"/ideas/{found.id}",
        title=outside(found.title),
        words=outside(beside_title(found.title, markdown_excerpt(found.body))),
        said_by=found.author if named else _("A member"),
        said_at=found.created_at,
        changed_at=max(
            filter(None, (found.created_at, found.answered_at, found.progress_id and found.recorded_at, found.word_at))
        ),
        standing=found.standing.value,
        standing_label=found.standing.label,
        votes=found.votes,
        is_overdue=late,
        promise=promise_words(found, found.owner, zone, asked_by=found.answerer),
        answer_words=outside(markdown_excerpt(words) or _wordless(found)),
        answered_by=answered_by,
        answered_at=answered_at,
        kind_label=_kind_label(found, is_step),
        took=_took(found, is_step),
        proof_url=proof_url,
        proof_label=outside(proof_label),
        has_kept_proof=bool(found.files) and not proof_url,
        late_because=outside(markdown_excerpt(found.late_because or "")) if late else "",
        verdict=_verdict(found, named),
        helped={WordKind.HELPED: True, WordKind.NOT_HELPED: False}.get(found.word),
        circle=found.circle or "",
        notice=_notice(found),
        # They are the company's own words for its own order.
        tags=() if public else read_tags(found.tags),
    )


def _message(found: Any, languages: Sequence[str]) -> str:
    """The answer in the reader's language, where it stands in several."""
    if not found.in_languages:
        return found.message or ""
    return words_for(languages, found.message, found.language, json.loads(found.in_languages))[0]


def _took(found: Any, is_step: bool) -> str:
    """The time to the answer; beside a later step it says so, since that came another day."""
    if found.after_minutes is None:
        return ""
    time = working_words(found.after_minutes)
    return _("answered after %(time)s", time=time) if is_step else time


def _proof(found: Any, public: bool) -> tuple[str, str]:
    """Where what the action came to can be seen, and what is there; files are for those who may come in."""
    if found.proof_url:
        link = read_link(found.proof_url)
        return found.proof_url, found.action if link.kind is LinkKind.PAGE else link.label
    if found.files and not public:
        first = ProofFile.of(json.loads(found.files)[0])
        return f"/progress/{found.progress_id}/files/1", first.name
    return "", ""


def _verdict(found: Any, named: bool) -> str:
    """What the author says of the answer that stands; a reply to a question is none.

    Of what was written down for somebody else nobody says so: whoever wrote it is not the one who was to be helped.
    """
    if found.word not in (WordKind.HELPED, WordKind.NOT_HELPED) or found.on_behalf_of:
        return ""
    return f"{first_name(found.author) if named else _('Who suggested it')} {found.word.label}"


def _notice(found: Any) -> str:
    """Why not everybody sees this, or where it stands."""
    if found.removed_at:
        return _("Taken out: only you and the company see this.")
    if found.held_at:
        return _("Someone of the company reads it first; until then only you see it.")
    if found.merged_into_id:
        return _("Joined with “%(title)s”; it is answered and counted there.", title=found.stands_in)
    return _("Only its author and the company read this.") if found.is_private else ""


def _wordless(found: Any) -> str:
    """What stands there when an answer came without words: the action itself, or that it was read."""
    if found.kind is None:
        return ""
    if found.imported_as:
        return _("%(word)s, without recorded words", word=found.imported_as)
    return found.action or _("Read, and on the desk.")


def _kind_label(found: Any, is_step: bool) -> str:
    if found.kind is None:
        return ""
    if found.kind is not ResponseKind.ACTION and not is_step:
        return str(found.kind.label)
    if found.stage is ActionStage.DONE and found.happened_on:
        return _("Done on %(day)s", day=date_words(found.happened_on))
    return str((found.stage or ActionStage.PLANNED).label)

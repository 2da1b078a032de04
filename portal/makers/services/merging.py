"""Making two people one, and taking them apart again: a person decides, everything can be undone."""

from sqlalchemy import or_, select, update

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.makers.models import Likeness, Merge, MergeSuggestion, Person, PersonAuthor, Stage

# Who may be taken up into somebody else: past an invitation there are letters and a membership in their name.
_LOOSE = frozenset({Stage.WATCHING, Stage.SHORTLISTED, Stage.RESTING, Stage.NOT_A_FIT})


class NotMerged(Refusal):
    """These two cannot be made one, or are not any more."""


def merge_people(kept: Person, merged: Person, *, by: User) -> Merge:
    """Give one person's accounts to another; both are scored anew.

    Whoever was invited or is a member is the one that is kept, whichever way round they are named.

    Raises:
        NotMerged: both were invited, one objected, or one is part of somebody else already.
    """
    if not _is_loose(merged):
        kept, merged = merged, kept
    _check(kept, merged)
    accounts = list(session().scalars(select(PersonAuthor.author_id).where(PersonAuthor.person_id == merged.id)))
    _give(accounts, kept)
    merged.merged_into_id, merged.score, merged.is_critic = kept.id, 0.0, False
    merge = Merge(kept_id=kept.id, merged=merged, author_ids=accounts, merged_by_id=by.id)
    session().add(merge)
    record("person.merged", merged, by=by, after={"into": kept.id, "accounts": len(accounts)})
    record("person.took_up", kept, by=by, after={"person": merged.id, "name": merged.name})
    _settle(kept, merged, Likeness.ACCEPTED, by)
    return merge


def split_people(merge: Merge, *, by: User) -> Person:
    """Take two people apart again: each has the accounts that were theirs, and both are scored anew.

    They are not suggested for a merge again.

    Raises:
        NotMerged: it was undone already.
    """
    if merge.undone_at is not None:
        raise NotMerged(_("%(name)s stands alone again already.", name=merge.merged.name))
    merged, kept = merge.merged, session().get_one(Person, merge.kept_id)
    still = select(PersonAuthor.author_id).where(
        PersonAuthor.author_id.in_(merge.author_ids), PersonAuthor.person_id == kept.id
    )
    _give(list(session().scalars(still)), merged)
    merged.merged_into_id = None
    merge.undone_at, merge.undone_by_id = now(), by.id
    record("person.split", merged, by=by, after={"from": kept.id})
    _due_again(kept.id)
    _settle(kept, merged, Likeness.VETOED, by)
    return merged


def veto_merge(suggestion: MergeSuggestion, *, by: User) -> None:
    """Say that two people are two; nobody is asked about them again."""
    if suggestion.decision is Likeness.VETOED:
        return
    suggestion.decision, suggestion.decided_at, suggestion.decided_by_id = Likeness.VETOED, now(), by.id
    record("merge.vetoed", suggestion, by=by, after={"people": [suggestion.person_id, suggestion.other_id]})


def _check(kept: Person, merged: Person) -> None:
    if kept.id == merged.id:
        raise NotMerged(_("This is one person already."))
    for person in (kept, merged):
        if person.merged_into_id is not None:
            raise NotMerged(_("%(name)s is part of somebody else already.", name=person.name))
        if person.stage is Stage.OBJECTED:
            raise NotMerged(_("%(name)s asked not to be tracked.", name=person.name))
    if not _is_loose(merged):
        raise NotMerged(_("Both were invited already; letters went out in both names."))


def _is_loose(person: Person) -> bool:
    return person.stage in _LOOSE and not person.rests_as_member


def _give(author_ids: list[int], person: Person) -> None:
    # Revision 0 is one that no account has, so they count as not yet scored.
    moved = update(PersonAuthor).where(PersonAuthor.author_id.in_(author_ids))
    moved = moved.values(person_id=person.id, scored_revision=0)
    session().execute(moved, execution_options={"synchronize_session": False})
    session().flush()
    _due_again(person.id)


def _due_again(person_id: int) -> None:
    again = update(PersonAuthor).where(PersonAuthor.person_id == person_id).values(scored_revision=0)
    session().execute(again, execution_options={"synchronize_session": False})


def _settle(kept: Person, merged: Person, decision: Likeness, by: User) -> None:
    """What was asked about these two has its answer; what was asked about the one who is gone is dropped."""
    first, second = sorted((kept.id, merged.id))
    moment = now()
    this = (MergeSuggestion.person_id == first, MergeSuggestion.other_id == second)
    rows = list(session().scalars(select(MergeSuggestion).where(*this)))
    if not rows:
        rows = [MergeSuggestion(person_id=first, other_id=second, confidence=0.0, evidence=[])]
        session().add_all(rows)
    for row in rows:
        row.decision, row.decided_at, row.decided_by_id = decision, moment, by.id
    session().flush()
    if decision is Likeness.ACCEPTED:
        about = or_(MergeSuggestion.person_id == merged.id, MergeSuggestion.other_id == merged.id)
        for row in session().scalars(select(MergeSuggestion).where(about, MergeSuggestion.decision == Likeness.OPEN)):
            session().delete(row)
        accounts = update(PersonAuthor).where(PersonAuthor.person_id == kept.id).values(compared_at=None)
        session().execute(accounts, execution_options={"synchronize_session": False})

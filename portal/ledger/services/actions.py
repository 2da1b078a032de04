"""What the company does: actions, and entries with something to see."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import hold, session
from portal.foundation.mail.outbox import queue_mail, queue_mails
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger import mail
from portal.ledger.chain import append_to_chain, hold_ledger
from portal.ledger.models import Action, ActionStage, Progress, ProofFile, has_slipped
from portal.ledger.policies import may_record_progress
from portal.ledger.queries import answerers, is_for_everyone, latest_progress, slipped_actions
from portal.ledger.reasons import gives_a_reason
from portal.ledger.services.indexing import index_now
from portal.ledger.services.refusals import (
    URL_LIMIT,
    AnsweredMeanwhile,
    NoReason,
    NothingNew,
    NothingToSee,
    NotYours,
    check_action_title,
    check_length,
)


def start_action(
    *,
    title: str,
    owner: User,
    stage: ActionStage,
    by: User,
    words: str = "",
    target_date: date | None = None,
    proof_url: str = "",
    happened_on: date | None = None,
    files: Sequence[ProofFile] = (),
) -> Action:
    """Open the company's own record of something it does, with its first entry.

    Raises:
        NoTitle: the title is empty or too long.
        NotYours: `by` or the owner is not staff.
        NothingToSee: done without something to see, dropped without a sentence, or a proof that is no link.
        NoReason: the day it is aimed at is over.
    """
    line = check_action_title(title)
    if has_slipped(target_date, stage):
        raise NoReason(_("The day it is aimed at must be still to come."), about="target_date")
    if not (by.is_active and by.is_staff and owner.is_active and owner.is_staff):
        raise NotYours(_("An action belongs to someone of the company."))
    action = Action(title=line, owner=owner, target_date=target_date)
    session().add(action)
    session().flush()
    record("action.started", action, by=by, after={"owner": owner.id, "stage": stage.value})
    record_progress(action, stage=stage, words=words, by=by, proof_url=proof_url, happened_on=happened_on, files=files)
    return action


def record_progress(
    action: Action,
    *,
    stage: ActionStage,
    words: str,
    by: User,
    proof_url: str = "",
    happened_on: date | None = None,
    target_date: date | None = None,
    files: Sequence[ProofFile] = (),
    seen: int | None = None,
) -> Progress:
    """Add the next entry to an action; the standing of every idea it answers follows.

    Args:
        proof_url: an http or https address where anyone can see it.
        happened_on: the day on which it was done; not in the future.
        files: what shows it, kept by `proofs_kept`.
        target_date: the new day it is aimed at, where that moved; a later one needs words.
        seen: the number of the newest entry that its writer has read; None where nobody looked.

    Raises:
        NotYours: not staff.
        NoReason: its day is over or moves, and no word says why; or the new day is over already.
        NothingToSee: done without a link, a file or a date, dropped without a sentence, or a proof that is no link.
        NothingNew: the last entry says exactly this already.
        AnsweredMeanwhile: there is a newer entry than `seen`.
        TooLong: the words are too long.
    """
    words, link = tidy(words), tidy(proof_url)
    if not may_record_progress(by, action):
        raise NotYours(_("Only the company's own people write down what it does."))
    check_progress(stage, words, link, happened_on, has_files=bool(files))
    # Two who write at once: the second looks when the first has written.
    hold_ledger()
    session().refresh(action, ["target_date"])
    moved = target_date if target_date != action.target_date else None
    if action.takes_longer(stage, moved) and not words:
        raise NoReason(_("Say why it takes longer; the people behind it read it."))
    if moved is not None and has_slipped(moved, stage):
        raise NoReason(_("The new date must be still to come."), about="target_date")
    last = latest_progress(action)
    said = (stage, words, link, happened_on, [file.hashed_part() for file in files])
    if moved is None and last is not None and _says(last) == said:
        raise NothingNew(_("The last entry already says this."))
    if last is not None and seen is not None and last.id > seen:
        name = last.recorded_by.name
        theirs = _("%(name)s wrote something down since you opened this page. Read it; yours is here still.", name=name)
        mine = _("You wrote something else down since you opened this page. Read it; this one is here still.")
        raise AnsweredMeanwhile(mine if last.recorded_by_id == by.id else theirs)

    entry = append_to_chain(
        Progress(
            action=action,
            action_id=action.id,
            stage=stage,
            words=words,
            proof_url=link,
            happened_on=happened_on,
            recorded_by=by,
            recorded_by_id=by.id,
            recorded_at=now(),
            target_date=moved,
            files=[file.row for file in files] or None,
        )
    )
    if moved is not None:
        action.target_date = moved
    record(
        "action.moved",
        action,
        by=by,
        before={"stage": last.stage.value} if last else None,
        after={"stage": stage.value, "progress": entry.id},
    )
    index_now("action", action.id)
    return entry


def hand_over_action(action: Action, *, to: User, word: str, by: User) -> None:
    """Let somebody else of the company do it from now on, with a word; they hear by mail, and its day stays.

    Raises:
        NotYours: `by` is not staff, or the other one cannot write down what happened there.
        NothingNew: it is theirs already, or it has ended.
        NoReason: no word goes with it, and it goes to somebody else than `by`.
    """
    words = tidy(word)
    if not may_record_progress(by, action):
        raise NotYours(_("Only the company's own people hand an action over."))
    if not may_record_progress(to, action):
        raise NotYours(_("%(name)s does not see what this answers. Choose someone else.", name=to.name))
    # Of two who hand it over at once, the second sees with whom it is.
    hold(action)
    if action.has_ended:
        raise NothingNew(_("This has ended, and stands under the name of whoever did it."))
    if action.owner_id == to.id:
        raise NothingNew(_("It is with %(name)s already.", name=to.name))
    if not words and to.id != by.id:
        raise NoReason(_("Add a word for %(name)s: why them, and what you know already.", name=to.name), about="word")
    check_length(words)
    before = action.owner_id
    action.owner = to
    session().flush()
    record("action.handed_over", action, by=by, before={"owner": before}, after={"owner": to.id, "word": words[:500]})
    if to.id != by.id:
        queue_mail(mail.action_handed_over(action, word=words, by=by, at=now(), is_open=is_for_everyone(action)))


def warn_of_slips(*, limit: int = 100) -> int:
    """Tell whoever does it that the day of an action is over, once for each day; returns how many mails.

    Where that one has left the staff, those who look after the promises hear of it.
    """
    slipped = slipped_actions(limit=limit)
    if not slipped:
        return 0
    overseers = answerers().overseers(besides=0)
    return queue_mails(
        mail.action_slipped(action, day=action.target_date, to=person, is_open=is_for_everyone(action))
        for action in slipped
        if action.target_date is not None
        for person in ([action.owner] if action.owner.is_active and action.owner.is_staff else overseers)
    )


def _says(entry: Progress) -> tuple[ActionStage, str, str, date | None, list[dict[str, object]]]:
    files = [file.hashed_part() for file in entry.proof_files]
    return entry.stage, entry.words, entry.proof_url, entry.happened_on, files


def check_progress(
    stage: ActionStage, words: str, link: str, happened_on: date | None, *, has_files: bool = False
) -> None:
    """What an entry must hold, whatever it is an entry of.

    Raises:
        NothingToSee, TooLong: see `record_progress`.
    """
    check_length(words)
    if link and not _is_link(link):
        raise NothingToSee(_("The proof must be an address that starts with https:// or http://."), about="proof_url")
    if stage is ActionStage.DONE and not link and not has_files and happened_on is None:
        raise NothingToSee(_("Done needs something to see: a link, a file, or the day on which it happened."))
    if stage is ActionStage.DONE and happened_on and happened_on > config.today():
        raise NothingToSee(_("That day is still to come; until then it is under way."), about="happened_on")
    # It ends the suggestions behind it as an explanation does, so it needs as much of a reason.
    if stage is ActionStage.DROPPED and not gives_a_reason(words):
        raise NothingToSee(_("Say why it was dropped, in at least one full sentence; the people behind it read it."))


def _is_link(address: str) -> bool:
    if len(address) > URL_LIMIT or any(mark.isspace() for mark in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False

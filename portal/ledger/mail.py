"""What the ledger tells its staff: a suggestion is theirs, its author spoke, a promise is about to break.

These are personal mails about the reader's own work, one fact to one person, so they carry no way out of a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, header_title, header_words
from portal.foundation.text import date_words, moment_words, ngettext
from portal.foundation.text import gettext as _
from portal.ledger.models import Absence, Action, AuthorWord, Idea, Standing, WarningLevel, WordKind
from portal.ledger.queries import SLIPPED

# So many suggestions a mail names; what is more stands on the desk.
LISTED = 20


def idea_assigned(idea: Idea, *, to: User) -> Message:
    """A new suggestion came, and this person answers for it, or stands in for its owner."""
    return build(
        "ledger/mail/idea_assigned" if idea.circle_id is None else "ledger/mail/circle_idea",
        kind="idea_assigned",
        subject_key=f"idea:{idea.id}",
        to_address=to.email,
        to_name=to.name,
        away=_away(idea, to),
        **_words(idea, to),
    )


def idea_handed_over(idea: Idea, *, word: str, by: User | None, at: datetime, to: User | None = None) -> Message:
    """Someone passed a suggestion on, with a word; for the new owner, or whoever stands in for them.

    Args:
        by: None where the portal itself passed it on.
        to: who gets this mail; the owner if nobody else.
    """
    person = to or idea.owner
    return build(
        "ledger/mail/idea_handed_over" if idea.circle_id is None else "ledger/mail/circle_idea",
        kind="idea_handed_over",
        # Given back and passed on again is told again.
        subject_key=f"idea:{idea.id}:{at.isoformat()}",
        to_address=person.email,
        to_name=person.name,
        word=word,
        by_name=by.name if by else config.current().COMPANY_NAME,
        away=_away(idea, person),
        **_words(idea, person),
    )


@dataclass(frozen=True)
class PassedOn:
    """A suggestion that the portal passed on, and who answered for it before."""

    idea: Idea
    before: str


def ideas_passed_on(passed: Sequence[PassedOn], *, at: datetime, to: User) -> Message:
    """What the portal passed on because its owners left, together; for the new owner, or whoever stands in."""
    owners = list(dict.fromkeys(one.before for one in passed))
    if len(passed) == 1:
        word = _("%(name)s does not answer here any more.", name=owners[0])
        return idea_handed_over(passed[0].idea, word=word, by=None, at=at, to=to)
    open_ones = [one.idea for one in passed if one.idea.circle_id is None]
    away = list(dict.fromkeys(words for one in passed if (words := _away(one.idea, to))))
    gone = ngettext(
        "These were with %(names)s, who does not answer here any more.",
        "These were with %(names)s, who do not answer here any more.",
        len(owners),
        names=", ".join(owners),
    )
    return build(
        "ledger/mail/ideas_handed_over",
        kind="idea_handed_over",
        subject_key=f"ideas:{passed[0].idea.id}:{at.isoformat()}",
        to_address=to.email,
        to_name=to.name,
        word=gone if away else f"{gone} {_('They are yours from now on.')}",
        away=" ".join(away),
        many=len(passed),
        lines=[
            {"title": idea.title, "author": idea.said_by, "promised": _promised(idea, _zone(to)),
             "url": address(f"/ideas/{idea.id}")}
            for idea in open_ones[:LISTED]
        ],
        inside=len(passed) - len(open_ones),
        more=max(0, len(open_ones) - LISTED),
        desk_url=address("/desk"),
    )  # fmt: skip


def promise_warning(idea: Idea, *, due: datetime, level: WarningLevel, to: User, is_outside: bool = False) -> Message:
    """A promise is about to break, or has: for its owner, whoever stands in, or those who look after it.

    Args:
        is_outside: it stands in a circle that this manager is not inside of, and no other manager is.
    """
    is_first = idea.standing is Standing.WAITING
    is_owner = to.id == idea.owner_id
    return build(
        "ledger/mail/promise_warning",
        kind=f"promise_{level.value}",
        subject_key=f"idea:{idea.id}:{due.isoformat()}",
        to_address=to.email,
        to_name=to.name,
        # By the clock: a worker that stood still warns late, and must not say that there is time.
        is_late=due <= now(),
        is_owner=is_owner,
        stands_in=level is WarningLevel.OWNER and not is_owner,
        owner=idea.owner.name,
        what=_("a first word") if is_first else _("an action or an explanation"),
        due=moment_words(due, _zone(to)),
        is_outside=is_outside,
        seen_late=_("Its author sees it as late.") if idea.is_private else _("Members see it as late."),
        **_open_words(idea),
        circle_url=address(f"/circles/{idea.circle_id}"),
    )


def author_spoke(word: AuthorWord, *, to: User) -> Message:
    """The author replied, or says that it did not help: for its owner, or whoever stands in for them."""
    idea = word.idea
    shown = idea.circle_id is None
    return build(
        "ledger/mail/author_spoke",
        kind="author_spoke",
        subject_key=f"author-word:{word.id}",
        to_address=to.email,
        to_name=to.name,
        is_reply=word.kind is WordKind.REPLY,
        author=idea.said_by if shown else word.said_by.name,
        author_first=header_words(idea.said_by if shown else word.said_by.name).split(" ")[0],
        written_by=word.said_by.name if shown and idea.on_behalf_of else "",
        words=word.words if shown else "",
        promised=_promised(idea, _zone(to)),
        away=_away(idea, to),
        **_open_words(idea),
    )


def stand_in_named(absence: Absence) -> Message:
    """A colleague is away, and this person stands in for them."""
    return build("ledger/mail/stand_in", kind="stand_in", **_to_stand_in(absence), answering_url=address("/answering"))


def stand_in_released(absence: Absence) -> Message:
    """A colleague is back, or does not go: this person does not stand in for them any more."""
    return build(
        "ledger/mail/stand_in_over",
        kind="stand_in_over",
        **_to_stand_in(absence),
        has_begun=absence.from_day <= config.today(),
        desk_url=address("/desk"),
    )


def action_slipped(action: Action, *, day: date, to: User, is_open: bool) -> Message:
    """The day of an action is over, and it is neither done nor dropped: for its owner, or whoever looks after it.

    Args:
        day: on which it was to be done.
        is_open: everyone may know what it is.
    """
    title = action.title if is_open else ""
    return build(
        "ledger/mail/action_slipped",
        kind=SLIPPED,
        subject_key=f"action:{action.id}:{day.isoformat()}",
        to_address=to.email,
        to_name=to.name,
        is_owner=to.id == action.owner_id,
        owner=action.owner.name,
        title=title,
        header_title=header_title(title),
        day=date_words(day),
        action_url=address(f"/actions/{action.id}#what-happened"),
    )


def action_handed_over(
    action: Action, *, by: User, at: datetime, is_open: bool, word: str = "", is_new: bool = False
) -> Message:
    """Somebody passed on what the company does, or named who does it; for whoever does it from now on.

    Args:
        is_open: everyone may know what it is; a word about anything else stays out of mails too.
        is_new: an answer has just opened it.
    """
    title = action.title if is_open else ""
    return build(
        "ledger/mail/action_handed_over",
        kind="action_handed_over",
        # Given back and passed on again is told again.
        subject_key=f"action:{action.id}:{at.isoformat()}",
        to_address=action.owner.email,
        to_name=action.owner.name,
        by_name=by.name,
        is_new=is_new,
        word=word if is_open else "",
        title=title,
        header_title=header_title(title),
        day=date_words(action.target_date) if action.target_date else "",
        is_late=action.is_late,
        action_url=address(f"/actions/{action.id}"),
    )


def ledger_heads(heads: dict[str, str], *, day: date, key: str, to: str) -> Message:
    """The newest hash of each chain, for whoever keeps them as a witness."""
    return build(
        "ledger/mail/ledger_heads",
        kind="ledger_heads",
        subject_key=key,
        to_address=to,
        to_name="",
        day=day.isoformat(),
        heads=heads,
    )


def _to_stand_in(absence: Absence) -> dict[str, Any]:
    """Who is away and when, for whoever stands in."""
    return {
        "subject_key": f"absence:{absence.id}",
        "to_address": absence.stand_in.email,
        "to_name": absence.stand_in.name,
        "away": absence.user.name,
        "header_away": header_words(absence.user.name),
        "first": date_words(absence.from_day),
        "last": date_words(absence.until_day),
    }


def _open_words(idea: Idea) -> dict[str, Any]:
    """What a mail may say of a suggestion: nothing of what stands in a circle."""
    title = idea.title if idea.circle_id is None else ""
    return {"title": title, "header_title": header_title(title), "idea_url": address(f"/ideas/{idea.id}")}


def _zone(person: User) -> ZoneInfo:
    return ZoneInfo(person.time_zone) if person.time_zone else config.current().zone


def _away(idea: Idea, reader: User) -> str:
    """For whoever stands in: that the owner is away; empty for the owner."""
    if reader.id == idea.owner_id:
        return ""
    return _("%(owner)s answers this and is away; you stand in.", owner=idea.owner.name)


def _words(idea: Idea, reader: User) -> dict[str, Any]:
    return {
        "title": idea.title,
        "header_title": header_title(idea.title),
        "words": "" if idea.says_its_title else idea.body,
        "author": idea.said_by,
        "written_by": idea.proposed_by.name if idea.on_behalf_of else "",
        "came_by": idea.came_by,
        "is_private": idea.is_private,
        "promised": _promised(idea, _zone(reader)),
        "idea_url": address(f"/ideas/{idea.id}"),
    }


def _promised(idea: Idea, zone: ZoneInfo) -> str:
    """What is still to be kept, in a sentence; empty once it is decided."""
    due = {"acknowledge": moment_words(idea.acknowledge_by, zone), "decide": moment_words(idea.decide_by, zone)}
    again = ""
    if idea.new_date is not None:
        again = " " + _("The new date is %(until)s.", until=moment_words(idea.new_date, zone))
    if idea.standing is Standing.WAITING and idea.acknowledge_by < now():
        late = _(
            "A first word was promised by %(acknowledge)s and is late; an action or an explanation, by %(decide)s.",
            **due,
        )
        return late + again
    if idea.standing is Standing.HEARD and idea.decide_by < now():
        late = _("It has its first word. An action or an explanation was promised by %(decide)s and is late.", **due)
        return late + again
    if idea.standing is Standing.WAITING:
        return _(
            "The company promised a first word by %(acknowledge)s, and an action or an explanation by %(decide)s.",
            **due,
        )
    if idea.standing is Standing.ASKED_BACK:
        return _("%(author)s was asked back; the clock stands still until the reply.", author=idea.said_by)
    if idea.standing is Standing.HEARD:
        return _("It has its first word. An action or an explanation is promised by %(decide)s.", **due)
    return ""

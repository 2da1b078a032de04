"""The words that the staff sorts suggestions by."""

from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.database import insert_into, session
from portal.foundation.text import fold, tidy
from portal.foundation.text import gettext as _
from portal.ledger.models import Idea, IdeaTag, Standing, Tag
from portal.ledger.policies import may_respond, may_tag
from portal.ledger.queries import away_today, knows_tag, rule_owners, stand_in_for
from portal.ledger.services.ideas import hand_over
from portal.ledger.services.refusals import NotYours, NoWords, TooLong

TAG_LIMIT = 40


def add_tag(idea: Idea, name: str, *, by: User) -> Tag:
    """Sort a suggestion under a word; the same word in other letters is the same tag.

    Whoever a rule names for the tag gets the suggestion at once, or who stands in for them, as long as nobody
    said anything to it and neither its ask nor its circle names somebody.

    Raises:
        NotYours: not staff.
        NoWords: the tag is empty.
        TooLong: more than 40 characters.
    """
    if not may_tag(by, idea):
        raise NotYours(_("Only the company's own people sort suggestions."))
    tag = named_tag(name, by=by)
    added = insert_into(IdeaTag).values(idea_id=idea.id, tag_id=tag.id).on_conflict_do_nothing()
    if session().scalar(added.returning(IdeaTag.tag_id)) is not None:
        record("idea.tagged", idea, by=by, after={"tag": tag.name})
        _hand_over_by_rule(idea, tag, by=by)
    return tag


def hand_over_by_tags(idea: Idea, *, by: User) -> bool:
    """Give a suggestion to whoever a rule names for one of its tags, the first by name; says whether it went."""
    tags = select(Tag).join(IdeaTag, IdeaTag.tag_id == Tag.id).where(IdeaTag.idea_id == idea.id)
    return any(_hand_over_by_rule(idea, tag, by=by) for tag in list(session().scalars(tags.order_by(Tag.key, Tag.id))))


def named_tag(name: str, *, by: User) -> Tag:
    """The tag of this name, new if it is the first time, or if only a circle that they are not inside of has it.

    Raises:
        NoWords: the name is empty.
        TooLong: more than 40 characters.
    """
    words = " ".join(tidy(name).split())
    key = fold(words)[:60]
    if not key:
        raise NoWords(_("Write a word to sort it by."))
    if len(words) > TAG_LIMIT:
        raise TooLong(_("A tag has at most %(limit)s characters.", limit=TAG_LIMIT))
    session().execute(insert_into(Tag).values(name=words, key=key).on_conflict_do_nothing())
    tag = session().scalars(select(Tag).where(Tag.key == key)).one()
    if tag.name != words and not knows_tag(tag, by):
        # How a circle spells its word would tell that it has one.
        tag.name = words
        session().flush()
    return tag


def remove_tag(idea: Idea, tag: Tag, *, by: User) -> None:
    """Take a suggestion out from under a word.

    Raises:
        NotYours: not staff.
    """
    if not may_tag(by, idea):
        raise NotYours(_("Only the company's own people sort suggestions."))
    gone = session().execute(delete(IdeaTag).where(IdeaTag.idea_id == idea.id, IdeaTag.tag_id == tag.id))
    if gone.rowcount:  # type: ignore[attr-defined]
        record("idea.untagged", idea, by=by, before={"tag": tag.name})


def _hand_over_by_rule(idea: Idea, tag: Tag, *, by: User) -> bool:
    named, away = rule_owners().get(tag.key), away_today()
    # What an ask or a circle names goes before; once somebody has answered, it is theirs.
    before = (idea.ask.owner_id if idea.ask else None, idea.circle.owner_id if idea.circle else None)
    if named is None or idea.standing is not Standing.WAITING or idea.merged_into_id is not None:
        return False
    owner = _who_answers(idea, named, away)
    if owner is None or owner.id == idea.owner_id or any(_who_answers(idea, person, away) for person in before):
        return False
    word = _("It is tagged “%(tag)s”, which %(owner)s answers.", tag=tag.name, owner=owner.name)
    if owner.id != named:
        absent = session().get_one(User, named)
        word = _(
            "It is tagged “%(tag)s”; %(owner)s stands in for %(name)s.",
            tag=tag.name,
            owner=owner.name,
            name=absent.name,
        )
    hand_over(idea, to=owner, word=word, by=by)
    return True


def _who_answers(idea: Idea, named: int | None, away: dict[int, int]) -> User | None:
    """Whoever is named, or who stands in for them; None where that one cannot answer it."""
    number = stand_in_for(named, away) if named is not None else None
    person = session().get(User, number) if number is not None else None
    return person if person is not None and person.is_active and may_respond(person, idea) else None

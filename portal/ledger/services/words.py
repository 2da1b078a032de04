"""What the author says to an answer: a reply lets the clock run on, and a "no" opens the suggestion again."""

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger import mail
from portal.ledger.chain import hold_ledger
from portal.ledger.models import AuthorWord, Idea, Response, ResponseKind, Standing, WordKind
from portal.ledger.policies import may_say_more
from portal.ledger.promises import promise_for
from portal.ledger.queries import clock_at, standing_response, word_on
from portal.ledger.services.away import answering_today
from portal.ledger.services.holding import hold_if_due
from portal.ledger.services.indexing import index_now
from portal.ledger.services.promises import let_clock_run
from portal.ledger.services.refusals import NothingAsked, NotYours, NoWords, SaidAlready, check_length

# The standings in which the company says that it is through.
SETTLED = (Standing.DONE, Standing.EXPLAINED)


def answer_question(idea: Idea, *, words: str, by: User) -> AuthorWord:
    """The author answers what the company asked back; the clock runs on from here.

    The same words sent twice are one reply: the second call returns the first one's.

    Raises:
        NotYours: somebody else than the author.
        NothingAsked: no question of the company waits.
        NoWords: nothing was said.
        TooLong: it is longer than a page can show.
    """
    said = tidy(words)
    if not may_say_more(by, idea):
        raise NotYours(_("The question is for the author of this suggestion."))
    hold_ledger()
    session().refresh(idea, ["standing", "decide_by", "new_date", "merged_into_id"])
    asked = standing_response(idea)
    known = word_on(asked) if asked is not None else None
    if known is not None and _is_reply(known, said):
        return known
    if asked is None or asked.kind is not ResponseKind.QUESTION or idea.standing is not Standing.ASKED_BACK:
        raise NothingAsked(_("No question waits for you here; a comment is always welcome."))
    if idea.merged_into_id is not None:
        raise NothingAsked(_("This is answered where it stands now, together with the one that it was joined with."))
    if not said:
        raise NoWords(_("Write your reply."), about="words")
    check_length(said)
    moment = now()
    since = clock_at(idea, moment).asked_at or asked.answered_at
    let_clock_run(idea, since=since, until=moment)
    return _say(idea, asked, WordKind.REPLY, said, by)


def awaits_reply(idea: Idea, by: User, words: str) -> bool:
    """Whether what this person says beside a suggestion is the reply that the company waits for.

    The same words sent twice are their reply still.
    """
    if idea.proposed_by_id != by.id or idea.merged_into_id is not None:
        return False
    if idea.standing is Standing.ASKED_BACK:
        return True
    asked = standing_response(idea)
    return asked is not None and _is_reply(word_on(asked), tidy(words))


def _is_reply(word: AuthorWord | None, words: str) -> bool:
    return word is not None and (word.kind, word.words) == (WordKind.REPLY, words)


def say_whether_it_helped(idea: Idea, *, helped: bool, words: str, by: User) -> AuthorWord:
    """The author's own word on what came of it; "no" opens the suggestion again, with a new promise to decide.

    The same word sent twice is one: the second call returns the first one's.

    Raises:
        NotYours: somebody else than the author.
        NothingAsked: it is neither done nor explained, or was joined with another.
        SaidAlready: they said so to this answer.
        NoWords: "no" without a word of what is missing.
        TooLong: it is longer than a page can show.
    """
    said = tidy(words)
    if not may_say_more(by, idea):
        raise NotYours(_("Only the author says whether this helped."))
    hold_ledger()
    session().refresh(idea, ["standing", "decide_by", "merged_into_id"])
    answer = standing_response(idea)
    kind = WordKind.HELPED if helped else WordKind.NOT_HELPED
    known = word_on(answer) if answer is not None else None
    if known is not None and (known.kind, known.words) == (kind, said):
        return known
    if known is not None:
        raise SaidAlready(_("You said so already; a comment is always welcome."))
    if idea.merged_into_id is not None:
        raise NothingAsked(_("This is answered where it stands now, together with the one that it was joined with."))
    if answer is None or idea.standing not in SETTLED:
        raise NothingAsked(_("This is still open; say it once there is something to judge."))
    if not helped and not said:
        raise NoWords(_("Say what is missing, so that it can be put right."), about="words")
    check_length(said)
    if not helped:
        idea.decide_by, idea.new_date = promise_for(idea.circle_id).decide_by(now()), None
    return _say(idea, answer, kind, said, by)


def _say(idea: Idea, answer: Response, kind: WordKind, words: str, by: User) -> AuthorWord:
    word = AuthorWord(idea=idea, response=answer, kind=kind, words=words, said_by=by, said_at=now())
    session().add(word)
    session().flush()
    session().expire(idea, ["standing"])
    if words:
        hold_if_due(word, by)
        index_now("word", word.id)
    record("author.spoke", idea, by=by, after={"word": word.id, "kind": kind.value})
    if kind is not WordKind.HELPED:
        for person in answering_today(idea):
            queue_mail(mail.author_spoke(word, to=person))
    return word

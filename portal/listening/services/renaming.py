"""When the names that are listened for change, what is stored with one of them in it is read again for its tone."""

from datetime import timedelta

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.judgements import ReadNames, Signal
from portal.listening.queries import mentions_after, names_in_use
from portal.listening.queries.judged import models_on
from portal.listening.services.learned import REREAD_STEP, learned_reader, read_again, words_of
from portal.listening.signals.names import names_of, without_names
from portal.listening.signals.words import plain_words

# A batch that was read by the old names may be stored a little later, with ids below the newest.
SETTLED_AFTER = timedelta(minutes=2)


def rename_step() -> int | None:
    """Look through some stored mentions for names that came or went; None if nothing waits for it."""
    row = _noted()
    if row.reread_to is None or now() - row.changed_at < SETTLED_AFTER:
        return None
    mentions = mentions_after(row.reread_to, limit=REREAD_STEP)
    learned = learned_reader(tuple((each.id, each.signal.value) for each in models_on()))
    names, changed = names_in_use(), names_of(row.changed)
    for mention in mentions:
        tokens = plain_words(words_of(mention.title, mention.text, mention.kind)).split()
        if without_names(tokens, changed) != tokens:
            read_again(mention, Signal.TONE, learned, names)
    row.reread_to = mentions[-1].id if len(mentions) == REREAD_STEP else None
    return len(mentions)


def _noted() -> ReadNames:
    """The row, with what has changed since it was last looked at."""
    row = session().get(ReadNames, 1, with_for_update=True)
    if row is None:
        row = ReadNames(id=1, names=[], changed=[])
        session().add(row)
    listened_for = sorted(" ".join(words) for alike in names_in_use().values() for words in alike)
    changed = set(listened_for) ^ set(row.names)
    if changed:
        # A walk that is under way has seen only a part of the old ones.
        waiting = set(row.changed) if row.reread_to is not None else set()
        row.names, row.changed, row.changed_at, row.reread_to = listened_for, sorted(changed | waiting), now(), 0
    return row

"""What the company's own labels teach: training, held-back figures, switching on and back, reading again."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.drafts import MentionDraft
from portal.listening.judgements import Judgement, LearnedModel, Signal
from portal.listening.models import Author, Mention
from portal.listening.queries import mentions_after, names_in_use
from portal.listening.queries.judged import (
    learned_models,
    model_with_weights,
    models_on,
    newest_judgement,
    standing_labels,
    unfinished_rereading,
)
from portal.listening.services.judging import judged_signals
from portal.listening.signals import Signals, read
from portal.listening.signals.learning import CLASSES, LearnedReader, LinearModel, class_of, features_in, train
from portal.listening.signals.names import NO_NAMES, Names
from portal.listening.signals.scores import Scores, compare

LEAST_LABELS = 50
MOST_LABELS = 5_000
FOLDS = 5
REREAD_STEP = 500
# So many new labels are worth training again.
_NEW_LABELS = 10
_KINDS_WITHOUT_TITLE = {"comment", "reply", "answer"}


@dataclass(frozen=True, slots=True)
class _Example:
    truth: str
    default: str
    features: dict[int, float]
    fold: int
    is_drawn: bool


def words_of(title: str | None, text: str, kind: str) -> str:
    """What is read of a mention: its title, unless it is that of what it answers, and its words."""
    return f"{title}\n{text}" if title and kind not in _KINDS_WITHOUT_TITLE else text


def read_mention(draft: MentionDraft, names: Names = NO_NAMES) -> Signals:
    """What the rules alone read in a mention."""
    return read(words_of(draft.title, draft.text, draft.kind), lang=draft.lang, kind=draft.kind, names=names)


def active_reader(names: Names | None = None) -> Callable[[MentionDraft], Signals]:
    """How mentions are read now: by the rules, and by what was learned and switched on.

    Args:
        names: whose words carry no tone; by default those that are listened for.
    """
    learned = learned_reader(tuple((row.id, row.signal.value) for row in models_on()))
    known = names_in_use() if names is None else names
    if learned is None:
        return partial(read_mention, names=known)

    def read_draft(draft: MentionDraft) -> Signals:
        default = read_mention(draft, known)
        if draft.kind == "repost":
            return default
        return learned.revise(words_of(draft.title, draft.text, draft.kind), default)

    return read_draft


@lru_cache(maxsize=4)
def learned_reader(models: tuple[tuple[int, str], ...]) -> LearnedReader | None:
    """The reader of these models, as (id, signal); they never change once they are stored."""
    if not models:
        return None
    rows = {number: model_with_weights(number) for number, _signal in models}
    return LearnedReader(
        {signal: LinearModel.unpacked(rows[number].weights, rows[number].classes) for number, signal in models}
    )


def has_news(signal: Signal) -> bool:
    """Whether there are enough labels that stand, and enough of them that nothing was learnt from yet."""
    return _are_news(standing_labels(signal, limit=MOST_LABELS), learned_models(signal))


def _are_news(labels: Sequence[Any], models: Sequence[LearnedModel]) -> bool:
    known = max((row.newest_label_id for row in models), default=0)
    fresh = sum(1 for row in labels if row.id > known)
    return len(labels) >= LEAST_LABELS and (not models or fresh >= _NEW_LABELS)


def learn(signal: Signal) -> LearnedModel | None:
    """Train on the labels that stand, with figures on labels held back; None if there is nothing new to learn."""
    newest = newest_judgement(signal)
    labels = standing_labels(signal, limit=MOST_LABELS)
    models = learned_models(signal)
    if newest is None or not _are_news(labels, models):
        return None
    names = names_in_use()
    examples = [_example(row, names) for row in labels]
    if len({example.truth for example in examples}) < 2:
        return None
    model = train([each.features for each in examples], [each.truth for each in examples], CLASSES[signal])
    for earlier in models:
        if not earlier.is_on and earlier.reread_to is None:
            session().delete(earlier)
    row = LearnedModel(
        signal=signal,
        labels=len(examples),
        newest_label_id=newest,
        figures=_figures(signal, examples),
        classes=list(model.classes),
        weights=model.packed(),
    )
    session().add(row)
    record("reading.learned", row, by=None, after={"labels": row.labels, **row.figures})
    return row


def switch_on(row: LearnedModel, *, by: User) -> None:
    """Read by this model from now on, and read again what is stored."""
    for other in learned_models(row.signal):
        if other.is_on and other.id != row.id:
            other.is_on, other.reread_to = False, None
    if not row.is_on:
        row.is_on, row.switched_at, row.switched_by_id, row.reread_to = True, now(), by.id, 0
        record("reading.switched_on", row, by=by, after=dict(row.figures))


def switch_off(row: LearnedModel, *, by: User) -> None:
    """Read by the rules alone again, what is stored too."""
    if row.is_on:
        row.is_on, row.switched_at, row.switched_by_id, row.reread_to = False, now(), by.id, 0
        record("reading.switched_off", row, by=by)


def reread_step() -> int | None:
    """Read some stored mentions again after a switch; None if nothing waits for it."""
    row = unfinished_rereading()
    if row is None:
        return None
    mentions = mentions_after(row.reread_to or 0, limit=REREAD_STEP)
    learned = learned_reader(tuple((each.id, each.signal.value) for each in models_on()))
    names = names_in_use()
    for mention in mentions:
        read_again(mention, row.signal, learned, names)
    row.reread_to = mentions[-1].id if len(mentions) == REREAD_STEP else None
    return len(mentions)


def read_again(mention: Mention, signal: Signal, learned: LearnedReader | None, names: Names) -> None:
    """Read one signal of a stored mention anew, unless a person has had the word on it."""
    if signal.value in judged_signals(mention):
        return
    words = words_of(mention.title, mention.text, mention.kind)
    found = read(words, lang=mention.lang, kind=mention.kind, names=names)
    if learned is not None and mention.kind != "repost":
        found = learned.revise(words, found)
    marks: dict[str, Any] = {name: words for name, words in (mention.marks or {}).items() if name != signal.value}
    if signal is Signal.TONE:
        changed = mention.tone != found.tone
        mention.tone = found.tone
        if found.tone_words:
            marks["tone"] = [list(each) for each in found.tone_words]
    else:
        name = f"is_{signal.value}"
        changed = getattr(mention, name) != getattr(found, name)
        setattr(mention, name, getattr(found, name))
        if signal.value in found.marks:
            marks[signal.value] = list(found.marks[signal.value])
    mention.marks = marks or None
    if changed:
        session().get_one(Author, mention.author_id).revision += 1


def _example(row: Judgement, names: Names) -> _Example:
    mention = row.mention
    words = words_of(mention.title, mention.text, mention.kind)
    default = read(words, lang=mention.lang, kind=mention.kind, names=names)
    # The same mention is always in the same fold, so that figures can be compared from training to training.
    fold = hashlib.blake2b(str(mention.id).encode(), digest_size=4).digest()[0] % FOLDS
    return _Example(row.value, class_of(row.signal, default), features_in(words, default), fold, row.is_drawn)


def _figures(signal: Signal, examples: Sequence[_Example]) -> dict[str, Any]:
    """Both readings on labels that the model did not learn from, each fold held back once."""
    pairs: list[tuple[_Example, str]] = []
    for fold in range(FOLDS):
        taught = [each for each in examples if each.fold != fold]
        held = [each for each in examples if each.fold == fold]
        if not held or len({each.truth for each in taught}) < 2:
            continue
        model = train([each.features for each in taught], [each.truth for each in taught], CLASSES[signal])
        pairs += [(each, model.likeliest(each.features)) for each in held]
    drawn = [pair for pair in pairs if pair[0].is_drawn]
    judged = drawn if len(drawn) >= LEAST_LABELS else pairs
    default = compare(((each.truth, each.default) for each, _said in judged), order=CLASSES[signal])
    learned = compare(((each.truth, said) for each, said in judged), order=CLASSES[signal])
    return {
        "held_back": len(judged),
        "only_drawn": judged is drawn,
        "default_accuracy": round(default.accuracy, 4),
        "default_f1": round(default.macro_f1, 4),
        "learned_accuracy": round(learned.accuracy, 4),
        "learned_f1": round(learned.macro_f1, 4),
        "default_classes": _by_class(default),
        "learned_classes": _by_class(learned),
    }


def _by_class(scores: Scores) -> dict[str, list[float]]:
    """Precision, recall and F1 of each class, and how many there are."""
    found = {name: scores.of(name) for name in scores.classes}
    return {
        name: [round(each.precision, 3), round(each.recall, 3), round(each.f1, 3), each.support]
        for name, each in found.items()
    }

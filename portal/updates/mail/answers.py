"""The mails that carry an answer, or a step of an action, to everyone behind a suggestion."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portal.accounts.languages import LANGUAGES, language_name, words_for
from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.config import address
from portal.foundation.mail.message import Message, Recipient, build_for_many, header_title, header_words
from portal.foundation.text import date_words, markdown_excerpt
from portal.foundation.text import gettext as _
from portal.ledger.models import Action, ActionStage, Idea, Progress, Response, ResponseKind, Standing
from portal.listening.signals.language import detect_language
from portal.updates.queries import Follower
from portal.updates.tokens import and_also, write_token

# What is quoted of the suggestion: enough to know it again.
QUOTED = 280
# More in one mail nobody reads to its end; the rest comes in a second one.
ANSWERS_IN_ONE = 8
# Names with where each of them leads.
Names = tuple[tuple[str, str], ...]
# The words of an answer, the names of the other languages, whether its reader is asked, and whom they pass it on to.
_Version = tuple[str, str, bool, str]


def idea_answered(
    answer: Response, idea: Idea, followers: Iterable[Follower], *, progress: Progress | None = None, names: Names = ()
) -> Iterator[Message]:
    """The answer itself, to each of them.

    Args:
        progress: the newest entry of the action that the answer names, if it names one.
        names: of people who are named in it, each with where it leads.
    """
    versions: dict[_Version, list[Follower]] = defaultdict(list)
    for one in followers:
        versions[_version(answer, one, one.pass_on_to)].append(one)
    for (message, others, asks_you, pass_on_to), some in versions.items():
        yield from build_for_many(
            "updates/mail/answer" if idea.circle_id is None else "updates/mail/circle_news",
            _recipients(some),
            kind="answer",
            subject_key=f"response:{answer.id}",
            from_name=sender_name(answer.answered_by),
            answer_kind=answer.kind.value,
            is_step=False,
            asks_author=answer.kind is ResponseKind.QUESTION,
            asks_you=asks_you,
            pass_on_to=pass_on_to,
            also=(),
            message=message,
            others=others,
            names=names,
            **_people(answer.answered_by),
            **_idea(idea),
            **_action(answer.action, progress),
        )


def ideas_answered(
    answers: Sequence[Response],
    followers: Iterable[Follower],
    *,
    steps: Mapping[int, Progress | None],
    names: Mapping[int, Names],
) -> Iterator[Message]:
    """Several answers at once, to people who are behind all of these suggestions; none of them stands in a circle.

    Args:
        followers: each of them once for every one of these suggestions.
        steps: the newest entry of the action that an answer names, by the id of the answer.
        names: of people who are named in an answer, by its id.
    """
    people = {answer.answered_by_id: answer.answered_by for answer in answers}
    by = next(iter(people.values())) if len(people) == 1 else None
    versions: dict[tuple[_Version, ...], list[Follower]] = defaultdict(list)
    known = {(one.user_id, one.idea_id): one for one in followers}
    for one in {user_id: one for (user_id, _idea_id), one in known.items()}.values():
        behind = [known[one.user_id, answer.idea_id] for answer in answers]
        versions[
            tuple(_version(answer, one, each.pass_on_to) for answer, each in zip(answers, behind, strict=True))
        ].append(one)
    for version, some in versions.items():
        told = [
            {"answer_kind": answer.kind.value, "message": message, "others": others, "names": names.get(answer.id, ())}
            | {"asks_you": asks_you, "pass_on_to": pass_on_to}
            | _people(answer.answered_by)
            | _idea(answer.idea)
            | _action(answer.action, steps.get(answer.id))
            for answer, (message, others, asks_you, pass_on_to) in zip(answers, version, strict=True)
        ]
        yield from build_for_many(
            "updates/mail/answers",
            [
                Recipient(
                    address=one.email,
                    name=header_words(one.name),
                    unsubscribe_url=unsubscribe_url(one.user_id, *dict.fromkeys(answer.idea_id for answer in answers)),
                )
                for one in some
            ],
            kind="answer",
            subject_key=bundle_key(answer.id for answer in answers),
            from_name=sender_name(by) if by else header_words(config.current().COMPANY_NAME),
            by_first=header_words(by.name).split(" ")[0] if by else header_words(config.current().COMPANY_NAME),
            answers=_each_once(told),
            ideas=len({answer.idea_id for answer in answers}),
            questions=sum(answer["asks_you"] for answer in told),
        )


def _each_once(told: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What one action answers in the same words stands once, under all the suggestions that it answers."""
    found: dict[object, dict[str, Any]] = {}
    for place, one in enumerate(told):
        said = (one["action_url"], one["message"], one["by"], one["standing"], one["pass_on_to"])
        group = found.setdefault(said if one["action_url"] else place, one | {"under": []})
        group["under"].append({"title": one["title"], "idea_url": one["idea_url"]})
    return list(found.values())


def version_for(answer: Response, reader: Follower) -> tuple[str, str]:
    """The words of an answer in the reader's language, and the names of the languages in which it stands too.

    Whoever has not said in which language they read is taken by that of their own suggestion.
    """
    if not answer.in_languages:
        return answer.message, ""
    wanted = reader.language
    idea = answer.idea
    if not wanted and reader.user_id == idea.proposed_by_id:
        wanted = detect_language(f"{idea.title}\n{idea.body}", limited_to=frozenset(LANGUAGES)) or ""
    message, shown = words_for([wanted], answer.message, answer.language, answer.in_languages)
    others = (code for code in (answer.language, *answer.in_languages) if code and code != shown)
    return message, ", ".join(language_name(code) for code in others)


def _version(answer: Response, reader: Follower, pass_on_to: str) -> _Version:
    """What this reader reads: whoever is asked, or wrote the suggestion down for somebody, apart from the others."""
    is_asked = answer.kind is ResponseKind.QUESTION and reader.user_id == answer.idea.proposed_by_id
    return *version_for(answer, reader), is_asked, pass_on_to


def bundle_key(answers: Iterable[int]) -> str:
    """What a mail about several answers is known by."""
    return f"responses:{','.join(str(number) for number in answers)}"


def did_it_help(answer: Response, idea: Idea) -> Iterator[Message]:
    """A week later: the one who asked for it says whether it helped, through whoever wrote it down for them."""
    author = idea.proposed_by
    shown = idea.circle_id is None
    yield from build_for_many(
        "updates/mail/did_it_help",
        [
            Recipient(
                address=author.email,
                name=header_words(author.name),
                unsubscribe_url=unsubscribe_url(author.id, idea.id),
            )
        ],
        kind="did_it_help",
        subject_key=f"help:{answer.id}",
        from_name=sender_name(idea.owner),
        title=idea.title if shown else "",
        header_title=header_title(idea.title) if shown else "",
        pass_on_to=idea.on_behalf_of if shown else "",
        header_pass_on_to=header_words(idea.on_behalf_of) if shown else "",
        standing=idea.standing.label,
        idea_url=address(f"/ideas/{idea.id}#your-word"),
        by=idea.owner.name,
    )


def action_moved(
    entry: Progress, idea: Idea, followers: Iterable[Follower], ideas: Mapping[int, Idea]
) -> Iterator[Message]:
    """A new step of the action that answers their suggestion, to each of them.

    Args:
        ideas: what else it answers of theirs, by the ids.
    """
    alike: dict[tuple[str, tuple[int, ...]], list[Follower]] = defaultdict(list)
    for one in followers:
        alike[one.pass_on_to, one.also].append(one)
    for (pass_on_to, also), some in alike.items():
        yield from build_for_many(
            "updates/mail/progress" if idea.circle_id is None else "updates/mail/circle_news",
            _recipients(some),
            kind="progress",
            subject_key=f"progress:{entry.id}",
            from_name=sender_name(entry.recorded_by),
            message=entry.words,
            is_done=entry.stage is ActionStage.DONE,
            is_step=True,
            answer_kind="",
            asks_author=False,
            asks_you=False,
            pass_on_to=pass_on_to,
            also=[{"title": ideas[number].title, "idea_url": address(f"/ideas/{number}")} for number in also],
            **_people(entry.recorded_by),
            **_idea(idea),
            **_action(entry.action, entry),
        )


def unsubscribe_url(user_id: int, idea_id: int, *others: int) -> str:
    """The way out of the mails about these suggestions, for one person."""
    return address(f"/unsubscribe/{write_token(user_id, idea_id, of=and_also(others))}")


def _recipients(followers: Iterable[Follower]) -> Iterator[Recipient]:
    for one in followers:
        yield Recipient(
            address=one.email,
            name=header_words(one.name),
            unsubscribe_url=unsubscribe_url(one.user_id, one.idea_id, *one.also),
        )


def sender_name(person: User) -> str:
    """The person and the company, as the mail says whom it is from."""
    return header_words(_("%(name)s at %(company)s", name=person.name, company=config.current().COMPANY_NAME))


def _people(person: User) -> dict[str, Any]:
    return {"by": person.name, "by_first": header_words(person.name).split(" ")[0]}


def _idea(idea: Idea) -> dict[str, Any]:
    return {
        "title": idea.title,
        "header_title": header_title(idea.title),
        "author": idea.said_by,
        "quoted": "" if idea.says_its_title else markdown_excerpt(idea.body, QUOTED),
        "standing": idea.standing.label,
        "decide_by": _decided_by(idea),
        "idea_url": address(f"/ideas/{idea.id}"),
    }


def _decided_by(idea: Idea) -> str:
    """The day by which an action or an explanation is promised; empty where none is still to come."""
    if idea.standing is not Standing.HEARD or idea.decide_by < now():
        return ""
    return date_words(idea.decide_by.astimezone(config.current().zone).date())


def _action(action: Action | None, progress: Progress | None) -> dict[str, Any]:
    """What the company does, how far it is, and where that can be seen."""
    return {
        "action": action.title if action else "",
        "header_action": header_title(action.title) if action else "",
        "stage": progress.stage.label if progress else "",
        "step": _step(action, progress) if action and progress else "",
        "proof_url": progress.proof_url if progress else "",
        "proof_label": progress.proof_link.label if progress and progress.proof_link else "",
        "files": [file.name for file in progress.proof_files] if progress else [],
        "action_url": address(f"/actions/{action.id}") if action else "",
    }


def _step(action: Action, progress: Progress) -> str:
    """How far an action is, in words."""
    stage = progress.stage.label
    if progress.happened_on:
        return _("%(stage)s, on %(day)s", stage=stage, day=date_words(progress.happened_on))
    if action.target_date and progress.stage in {ActionStage.PLANNED, ActionStage.UNDER_WAY}:
        return _("%(stage)s, aimed at %(day)s", stage=stage, day=date_words(action.target_date))
    return stage

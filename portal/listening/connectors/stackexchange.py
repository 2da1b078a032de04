"""Stack Exchange (https://api.stackexchange.com/docs): questions and answers with the words, oldest first.

The text is CC BY-SA. That `/search/excerpts` finds answers is generally known [unverified].
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors.asking import LINK, checked, nothing_to_ask, quoted, words_field_help
from portal.listening.connectors.contract import (
    AuthFailed,
    BadQuery,
    Budget,
    Caps,
    Change,
    CheckResult,
    Connector,
    Context,
    Contract,
    Deletion,
    Field,
    PollResult,
    Quota,
    RateLimited,
    Raw,
    Transient,
)
from portal.listening.connectors.lookups import told
from portal.listening.connectors.pieces import (
    address_of,
    count_of,
    find_items,
    host_of,
    id_of,
    links_of,
    moment_of,
    name_of,
    piece,
    unescaped,
    words_of,
)
from portal.listening.connectors.walking import Item, Rounds, Walk
from portal.listening.connectors.wire import call, refuse
from portal.listening.drafts import AuthorDraft, MentionDraft

CHANNEL = "stackexchange"
_SECONDS = re.compile(r"available in (\d[\d,]{0,8}) seconds")
PAGE = 100
# Stands before a word whose answers are looked for; no word begins so.
_ANSWERS = "answers: "
# Sites with a domain of their own; all others are below stackexchange.com.
_DOMAINS = {
    "stackoverflow": "stackoverflow.com", "serverfault": "serverfault.com", "superuser": "superuser.com",
    "askubuntu": "askubuntu.com", "mathoverflow": "mathoverflow.net", "stackapps": "stackapps.com",
}  # fmt: skip


class StackExchange(Connector):
    """One search for each word on one site; `backoff` is obeyed on every answer."""

    key = CHANNEL
    caps = Caps(
        channel_name="Stack Exchange",
        about=(
            "Questions and answers with your words on one site of the network. "
            "A key is free and allows 10,000 calls a day."
        ),
        base_urls={"api": "https://api.stackexchange.com/2.3"},
        min_interval_s=600,
        page_size=PAGE,
        looks_up="site",
        refresh_batch=100,
        calls_a_day=10_000,
        retention_days="while-live",
        deletion_signal="refresh-miss",
        matching="native",
        finds_links=True,
        recheck_days=30,
    )
    fields = (
        Field("site", "Site", "Such as stackoverflow, diy or photo.", default="stackoverflow", max_length=60),
        Field("words", "Words to search for", words_field_help(), required=False, kind="lines"),
        Field(
            "kinds", "What to look through", "Answers cost a second call for each page.", kind="choice",
            default="both", choices=(("both", "Questions and answers"), ("questions", "Questions")),
        ),
        Field("key", "Key", "From stackapps.com; without one the limit is 300 calls a day.", True, required=False),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Ask the site for itself."""
        return checked(
            ctx,
            lambda: [self._ask(ctx, "/info", {})[0]],
            lambda found: _("%(site)s answers.", site=ctx.setting("site")),
        )

    def questions(self, ctx: Context) -> Sequence[str]:
        """Each word, in questions and in answers."""
        answers = [f"{_ANSWERS}{word}" for word in ctx.words] if ctx.setting("kinds") == "both" else []
        return [*ctx.words, *answers]

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """One page of one word, from the last creation date on."""
        rounds = Rounds(state, self.questions(ctx))
        if rounds.question is None:
            return nothing_to_ask(state)
        walk = Walk.resume(rounds.asked, ctx.now)
        start, page = walk.page or (int(walk.since.timestamp()), 1)
        asks_answers = rounds.question.startswith(_ANSWERS)
        word = rounds.question.removeprefix(_ANSWERS)
        asked = {
            **({"url": f"*{word.removeprefix(LINK)}*"} if word.startswith(LINK) else {"q": quoted(word)}),
            "fromdate": start, "sort": "creation", "order": "asc", "page": page, "pagesize": PAGE,
            "filter": None if asks_answers else "withbody",
        }  # fmt: skip
        path = "/search/excerpts" if asks_answers else "/search/advanced"
        document, quota, wait = self._ask(ctx, path, asked)
        found = self.unwrap(document)
        whole_posts = found
        if asks_answers:
            whole_posts, quota, more_wait = self._answers(ctx, found, quota)
            wait = max(wait, more_wait)
        following = None
        if piece(document, "has_more") is True:
            newest = max((int(count_of(raw.get("creation_date")) or 0) for raw in found), default=start)
            # The window moves on with the items, so that a deleted one shifts nothing past us.
            following = [newest, 1] if newest > start else [start, page + 1]
        fresh = walk.take((_item(raw) for raw in whole_posts), following)
        whole, more = rounds.keep(walk.state, more=walk.more)
        pause = timedelta(seconds=wait if more else max(wait, self.caps.min_interval_s))
        return PollResult(
            items=fresh, state=whole, more=more, not_before=ctx.now + pause if wait or not more else None, quota=quota
        )

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """Questions, answers and excerpts in a wrapper."""
        return find_items(document, _is_post)

    def normalise(self, raw: Raw, ctx: Context) -> MentionDraft:
        """One post; see `normalise`."""
        return normalise(raw, ctx)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask for up to a hundred posts of the site at once; those that are missing are gone."""
        there: dict[str, Raw] = {}
        for kind, path in (("q", "questions"), ("a", "answers")):
            numbers = [name[1:] for _host, name in ids if name.startswith(kind) and name[1:].isdigit()]
            if numbers:
                asked = {"filter": "withbody", "pagesize": PAGE}
                document = self._ask(ctx, f"/{path}/{';'.join(numbers[:PAGE])}", asked)[0]
                there |= {_name_of(raw): raw for raw in self.unwrap(document)}
        for host, name in ids:
            if name in there:
                # An answer comes without the title of its question.
                make = partial(normalise, there[name], ctx)
                yield from told(make, channel=CHANNEL, external_id=name, origin_host=host)
            elif name[:1] in {"q", "a"}:
                yield Deletion(channel=CHANNEL, origin_host=host, external_id=name, certain=False)

    def _answers(self, ctx: Context, found: Sequence[Raw], quota: Quota) -> tuple[Sequence[Raw], Quota, float]:
        """The answers among excerpts with all their words, which an excerpt cuts."""
        titles = {
            id_of(raw.get("answer_id")): raw.get("title")
            for raw in found
            if raw.get("item_type") == "answer" and id_of(raw.get("answer_id")).isdigit()
        }
        if not titles:
            return [], quota, 0.0
        asked = {"filter": "withbody", "pagesize": PAGE}
        document, quota, wait = self._ask(ctx, f"/answers/{';'.join(list(titles)[:PAGE])}", asked)
        return [
            {**raw, "title": titles.get(id_of(raw.get("answer_id")))} for raw in self.unwrap(document)
        ], quota, wait  # fmt: skip

    def _ask(self, ctx: Context, path: str, asked: Mapping[str, Any]) -> tuple[Any, Quota, float]:
        """The wrapper, the quota it names, and the seconds it asks us to wait."""
        params = {"site": ctx.setting("site"), **asked, "key": ctx.secret("key") or None}
        reply = call(ctx, ctx.base("api") + path, params=params, accept={400, 401, 403, 404, 502, 503})
        document = reply.json() if reply.status == 200 else reply.problem()
        wait = float(count_of(piece(document, "backoff")) or 0)
        if reply.status != 200 and count_of(piece(document, "error_id")) is None:
            refuse(reply, ctx.now)
        if reply.status != 200 or piece(document, "error_id"):
            _refuse(document, wait)
        remaining = count_of(piece(document, "quota_remaining"))
        return document, Quota(limit=count_of(piece(document, "quota_max")), remaining=remaining), wait


def normalise(raw: Raw, ctx: Context) -> MentionDraft:
    """A question, an answer, or an excerpt of the search; titles come with HTML entities."""
    if not _is_post(raw):
        raise Contract(_("A Stack Exchange post arrived in a shape that is not known."))
    answer, question = id_of(raw.get("answer_id")), id_of(raw.get("question_id"))
    is_answer = _is_answer(raw)
    link = address_of(raw.get("link"))
    site = host_of(link or "") or ctx.setting("site") or None
    created_at = moment_of(raw.get("creation_date"))
    if not created_at:
        raise Contract(_("A Stack Exchange post names no time."))
    owner = raw.get("owner")
    name = unescaped(piece(owner, "display_name")) or "deleted user"
    user = id_of(piece(owner, "user_id"))
    return MentionDraft(
        channel=CHANNEL,
        external_id=_name_of(raw),
        origin_host=ctx.setting("site") or site,
        kind="answer" if is_answer else "question",
        title=unescaped(raw.get("title")),
        text=words_of(raw.get("body") or raw.get("excerpt")),
        url=link
        or (address_of(f"https://{_domain(site)}/{'a' if is_answer else 'q'}/{answer or question}") if site else None),
        created_at=min(created_at, ctx.now),
        edited_at=moment_of(raw.get("last_edit_date")),
        author=AuthorDraft(
            channel=CHANNEL,
            handle=user or name,
            external_id=id_of(piece(owner, "account_id")) or None,
            name=name_of(name),
            url=address_of(piece(owner, "link")),
            avatar_url=address_of(piece(owner, "profile_image")),
        ),
        parent_id=f"q{question}" if is_answer and question else None,
        thread_id=f"q{question}" if question else None,
        likes=count_of(raw.get("score")),
        replies=count_of(raw.get("answer_count")),
        views=count_of(raw.get("view_count")),
        links=links_of(raw.get("body")),
    )


def _domain(site: str) -> str:
    return site if "." in site else _DOMAINS.get(site, f"{site}.stackexchange.com")


def _is_post(found: Mapping[str, Any]) -> bool:
    return ("question_id" in found or "answer_id" in found) and "creation_date" in found


def _is_answer(raw: Raw) -> bool:
    return bool(id_of(raw.get("answer_id"))) and raw.get("item_type") != "question"


def _name_of(raw: Raw) -> str:
    return f"a{id_of(raw.get('answer_id'))}" if _is_answer(raw) else f"q{id_of(raw.get('question_id'))}"


def _item(raw: Raw) -> Item:
    name = f"{raw.get('item_type')}{raw.get('answer_id')}/{raw.get('question_id')}"
    return Item(name, moment_of(raw.get("creation_date")), raw, f"{raw.get('title')}{raw.get('body')}")


def _refuse(document: Any, wait: float) -> None:
    number, sentence = count_of(piece(document, "error_id")), id_of(piece(document, "error_message"))
    if number == 502:
        # "too many requests from this IP, more requests available in 7200 seconds": the day's calls or the pace.
        said = _SECONDS.search(sentence)
        wait = max(wait, float(said[1].replace(",", ""))) if said else wait
        raise RateLimited(_("Stack Exchange asks us to come back later."), retry_after=wait or None)
    if number in {401, 402, 403, 405, 406}:
        raise AuthFailed(_("Stack Exchange does not take this key: %(why)s", why=sentence[:200]))
    if number in {400, 404}:
        raise BadQuery(_("Stack Exchange does not understand what it is asked: %(why)s", why=sentence[:200]))
    raise Transient(_("Stack Exchange has a fault of its own."), retry_after=wait or None)

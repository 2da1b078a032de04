"""A Discourse forum (https://docs.discourse.org): every new post, by asking and by webhook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import (
    Accepted,
    Budget,
    Caps,
    Change,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Contract,
    Deletion,
    Field,
    PollResult,
    Push,
    Raw,
)
from portal.listening.connectors.lookups import each, told
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
    pieces,
    text_of,
    title_of,
    words_of,
)
from portal.listening.connectors.signatures import check_hex
from portal.listening.connectors.values import in_path
from portal.listening.connectors.walking import VERSION, Item
from portal.listening.connectors.wire import call, call_json, quota_of
from portal.listening.drafts import AuthorDraft, MentionDraft

CHANNEL = "discourse"
PAGE = 50
MAX_SEEN = 500
_FIRST_PAGES = 4
_AVATAR_PIXELS = "96"


class Discourse(Connector):
    """All posts of one forum, walked down by their ids to the last one seen; edits and deletions are pushed."""

    key = CHANNEL
    caps = Caps(
        channel_name="Discourse",
        about="Every post of one forum. Public forums need no key; an admin can also let the forum tell us at once.",
        modes=frozenset({"poll", "webhook"}),
        min_interval_s=600,
        page_size=PAGE,
        looks_up="url",
        refresh_batch=20,
        retention_days="while-live",
        deletion_signal="refresh-miss",
        matching="local",
        recheck_days=30,
    )
    fields = (
        Field("url", "Address of the forum", "Such as https://forum.example.com", kind="url"),
        Field("username", "User of the key", required=False, max_length=100),
        Field("key", "API key", "Only for a forum that is not public.", True, required=False),
    )

    def address(self, config: Mapping[str, str]) -> str:
        """The forum's address; a key changes nothing about what it is."""
        return config.get("url", "").strip().rstrip("/")

    def check(self, ctx: Context) -> CheckResult:
        """Ask for the newest posts."""
        url = ctx.setting("url").rstrip("/")
        url = url if "://" in url else f"https://{url}"
        try:
            found = self.unwrap(call_json(ctx, f"{url}/posts.json", headers=_headers(ctx)))
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        config = {**ctx.config, "url": url}
        title = host_of(url)
        return CheckResult(
            ok=True, sentence=_("%(host)s answers with its newest posts: %(count)s.", host=title, count=len(found)),
            title=title, config=config,
        )  # fmt: skip

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """One page of posts, newest first; ids grow, so the last walk's newest id is where this one ends."""
        known: dict[str, Any] = {"v": VERSION, "high": 0, "pin": 0, "page": None, "pages": 0, "seen": []}
        known |= dict(state) if state.get("v") == VERSION else {}
        params = {"before": known["page"]} if known["page"] else None
        reply = call(ctx, f"{ctx.setting('url').rstrip('/')}/posts.json", params=params, headers=_headers(ctx))
        found = self.unwrap(reply.json())
        numbers = [number for raw in found if (number := count_of(raw.get("id")))]
        fresh, seen = _fresh(found, known["seen"])
        pages = known["pages"] + 1
        # The first walk takes the newest pages only: what was said years ago is no news.
        is_last = not numbers or min(numbers) <= known["high"] or (not known["high"] and pages >= _FIRST_PAGES)
        pin = max([known["pin"], *numbers])
        known |= {"seen": seen, "pin": pin, "pages": pages, "page": None if is_last else min(numbers)}
        if is_last:
            known |= {"high": max(known["high"], pin), "pin": 0, "pages": 0}
        return PollResult(items=fresh, state=known, more=not is_last, quota=quota_of(reply.headers, ctx.now))

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """Posts of a list, a topic, a search or a webhook; those of a topic get its title."""
        found = []
        about = document if isinstance(document, Mapping) else {}
        topics = {id_of(piece(topic, "id")): topic for topic in pieces(about, "topics")}
        for raw in find_items(document, _is_post):
            topic = topics.get(id_of(raw.get("topic_id")), about)
            extra = {"topic_title": piece(topic, "title"), "topic_slug": piece(topic, "slug")}
            if "post_stream" in about:
                extra["topic_id"] = about.get("id")
            found.append({**{name: value for name, value in extra.items() if value}, **_without_nothing(raw)})
        return found

    def normalise(self, raw: Raw, ctx: Context) -> MentionDraft | Deletion:
        """One post; see `normalise`."""
        return normalise(raw, ctx)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask for each post."""

        def ask(host: str, number: str) -> Iterable[Deletion | Change]:
            url = f"{ctx.setting('url').rstrip('/')}/posts/{in_path(number)}.json"
            reply = call(ctx, url, headers=_headers(ctx), accept={404, 410})
            if reply.status in {404, 410}:
                is_certain = reply.status == 410
                return [Deletion(channel=CHANNEL, origin_host=host, external_id=number, certain=is_certain)]
            return told(lambda: _now(reply.json(), ctx), channel=CHANNEL, external_id=number, origin_host=host)

        return each(ids, ask)

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """`X-Discourse-Event-Signature: sha256=<hex>` over the raw body [header names unverified]."""
        signature = push.headers.get("x-discourse-event-signature", "")
        check_hex(ctx.push_secret, push.body, signature, prefix="sha256=")
        event = push.headers.get("x-discourse-event", "")
        wanted = event in {"post_created", "post_edited", "post_destroyed", "post_recovered"}
        return Accepted(event_id=push.headers.get("x-discourse-event-id") or signature, keep=wanted)

    def unpack(self, ctx: Context, push: Push) -> Sequence[Raw]:
        """The post of the event; one that was destroyed is marked so."""
        found = self.read(push.body)
        if push.headers.get("x-discourse-event") == "post_destroyed":
            return [{**raw, "user_deleted": True} for raw in found]
        return found


def normalise(raw: Raw, ctx: Context) -> MentionDraft | Deletion:
    """A post as lists, topics, searches and webhooks carry it; `raw` or `cooked` or only a `blurb` of its words."""
    number = id_of(raw.get("id"))
    if not number or not _is_post(raw):
        raise Contract(_("A Discourse post arrived in a shape that is not known."))
    base = ctx.setting("url").rstrip("/")
    host = host_of(base) or None
    if raw.get("deleted_at") or raw.get("user_deleted") or raw.get("hidden"):
        return Deletion(channel=CHANNEL, origin_host=host, external_id=number)
    created_at = moment_of(raw.get("created_at"))
    handle = name_of(raw.get("username"))
    if not created_at or not handle:
        raise Contract(_("A Discourse post names no time or no author."))
    topic, place = id_of(raw.get("topic_id")), count_of(raw.get("post_number")) or 1
    words = words_of(raw["cooked"]) if isinstance(raw.get("cooked"), str) else text_of(raw.get("raw"))
    updated = moment_of(raw.get("updated_at"))
    avatar = id_of(raw.get("avatar_template")).replace("{size}", _AVATAR_PIXELS)
    answered = count_of(raw.get("reply_to_post_number"))
    return MentionDraft(
        channel=CHANNEL,
        external_id=number,
        origin_host=host,
        kind="post" if place == 1 else "reply",
        title=title_of(raw.get("topic_title")),
        text=words or text_of(raw.get("blurb")),
        url=address_of(f"{base}/t/{id_of(raw.get('topic_slug')) or '-'}/{topic}/{place}") if topic and base else None,
        created_at=min(created_at, ctx.now),
        edited_at=updated if (count_of(raw.get("version")) or 1) > 1 else None,
        author=AuthorDraft(
            channel=CHANNEL,
            handle=handle,
            external_id=id_of(raw.get("user_id")) or None,
            name=name_of(raw.get("name")),
            url=address_of(f"{base}/u/{handle}"),
            avatar_url=address_of(base + avatar if avatar.startswith("/") else avatar),
            is_bot=(count_of(raw.get("user_id")) is None and isinstance(raw.get("user_id"), int)),
        ),
        parent_id=f"{topic}/{answered}" if topic and answered else None,
        thread_id=topic or None,
        likes=_likes(raw),
        replies=count_of(raw.get("reply_count")),
        views=count_of(raw.get("reads")),
        links=links_of(raw.get("cooked")),
    )


def _now(raw: Any, ctx: Context) -> Change | Deletion:
    """A post of today, which comes without the title of its topic."""
    made = normalise(raw if isinstance(raw, Mapping) else {}, ctx)
    return made if isinstance(made, Deletion) else replace(Change.to(made), title=None)


def _is_post(found: Mapping[str, Any]) -> bool:
    has_words = "cooked" in found or "raw" in found or "blurb" in found
    return has_words and "created_at" in found and "id" in found and "username" in found


def _likes(raw: Raw) -> int | None:
    said = count_of(raw.get("like_count"))
    # Action 2 is the like; a post without one that lists its actions has none.
    liked = [count_of(piece(action, "count")) for action in pieces(raw, "actions_summary") if piece(action, "id") == 2]
    return said if said is not None else (liked[0] if liked else None)


def _fresh(found: Sequence[Raw], seen: Sequence[str]) -> tuple[tuple[Raw, ...], list[str]]:
    known, fresh, marks = set(seen), [], list(seen)
    for raw in found:
        content = f"{raw.get('version')}{raw.get('cooked')}{raw.get('raw')}{raw.get('deleted_at')}{raw.get('hidden')}"
        mark = Item(id_of(raw.get("id")), None, raw, content).mark
        if mark not in known:
            known.add(mark)
            marks.append(mark)
            fresh.append(raw)
    return tuple(fresh), marks[-MAX_SEEN:]


def _without_nothing(raw: Raw) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if value is not None}


def _headers(ctx: Context) -> dict[str, str]:
    return (
        {"Api-Key": ctx.secret("key"), "Api-Username": ctx.setting("username") or "system"} if ctx.secret("key") else {}
    )

"""Posts of Tumblr in the shape of the house, in both of its formats (NPF blocks and the older HTML); pure."""

from collections.abc import Mapping

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract, Raw
from portal.listening.connectors.pieces import links_of, media_of, name_of, piece, text_of, title_of
from portal.listening.drafts import MentionDraft

CHANNEL = "tumblr"
_SIGNS = {"blog_name", "blog", "post_url"}
_KINDS = {"photo": "photo", "video": "video"}


def raw_items(payload: object) -> list[Raw]:
    """The posts of an answer: a list under `response`, or under `posts` or `liked_posts` within or without it."""
    response = piece(payload, "response") if piece(payload, "response") is not None else payload
    found = values.objects({"all": response}, "all") if isinstance(response, list) else []
    found = found or values.objects(response, "posts") or values.objects(response, "liked_posts")
    return [raw for raw in found if _SIGNS & raw.keys()]


def normalise_item(raw: Raw) -> MentionDraft:
    """A post with its words, its media and its notes (likes, reblogs and replies in one number).

    Raises:
        Contract: it is no post.
    """
    external_id = values.need_id(values.first_filled(raw.get("id_string"), raw.get("id")), "Tumblr post")
    blog = name_of(values.first_filled(raw.get("blog_name"), piece(raw, "blog", "name")))
    if blog is None and not raw.get("post_url"):
        raise Contract("A Tumblr item arrived that is no post.")
    blocks = values.objects(raw, "content") if isinstance(raw.get("content"), list) else []
    words = _words(raw, blocks)
    parent = values.identifier(values.first_filled(raw.get("parent_post_id"), raw.get("reblogged_from_id")))
    return MentionDraft(
        channel=CHANNEL,
        external_id=external_id,
        # The interface finds a post by its blog and its id only.
        origin_host=f"{blog}.tumblr.com"[:253] if blog else None,
        kind=_kind(raw, blocks, parent, words),
        title=title_of(values.worded(raw.get("title"))),
        text=words or values.worded(raw.get("summary")),
        url=values.web_address(raw.get("post_url")),
        created_at=values.need_moment(values.first_filled(raw.get("timestamp"), raw.get("date")), "Tumblr post"),
        author=values.named_author(
            CHANNEL,
            blog,
            fallback=external_id,
            external_id=values.identifier(piece(raw, "blog", "uuid")),
            name=name_of(piece(raw, "blog", "title")),
            url=values.web_address(f"https://{blog}.tumblr.com/") if blog else None,
            avatar_url=values.web_address(f"https://api.tumblr.com/v2/blog/{blog}/avatar/64") if blog else None,
        ),
        parent_id=parent,
        parent_author=name_of(raw.get("reblogged_from_name")),
        likes=values.count(raw.get("note_count")),
        media=media_of([*_block_media(blocks), *_old_media(raw)]),
        links=links_of(*_linked(raw, blocks)),
    )


def _kind(raw: Raw, blocks: list[Mapping[str, object]], parent: str | None, words: str) -> str:
    if parent and not words:
        return "repost"
    kinds = {str(block.get("type")) for block in blocks} | {str(raw.get("type"))}
    if "video" in kinds:
        return "video"
    return "photo" if kinds & {"image", "photo"} else "post"


def _words(raw: Raw, blocks: list[Mapping[str, object]]) -> str:
    """What this blog wrote, tags included, for people find posts on Tumblr by them."""
    lines = [
        text_of(block.get("text"))
        if block.get("type") == "text"
        else text_of(values.first_filled(block.get("title"), block.get("alt_text"), block.get("caption")))
        for block in blocks
    ]
    if not blocks:
        own = values.first_filled(
            piece(raw, "reblog", "comment"),
            *(raw.get(name) for name in ("body", "caption", "text", "answer", "description")),
        )
        lines = [values.worded(raw.get("question")), values.worded(own), values.worded(raw.get("source"))]
    tags = raw.get("tags")
    if isinstance(tags, list):
        marks = (f"#{tag.strip().replace(' ', '_')}" for tag in tags if isinstance(tag, str) and tag.strip())
        lines.append(" ".join(marks))
    return text_of("\n".join(line for line in lines if line))


def _linked(raw: Raw, blocks: list[Mapping[str, object]]) -> list[object]:
    """Where its blocks or its markup lead."""
    marks = [mark.get("url") for block in blocks for mark in values.objects(block, "formatting")]
    cards = [block.get("url") for block in blocks if block.get("type") == "link"]
    markup = [raw.get(name) for name in ("body", "caption", "answer", "description")] if not blocks else []
    return [*cards, *marks, *(said for said in markup if isinstance(said, str) and "<" in said), raw.get("link_url")]


def _block_media(blocks: list[Mapping[str, object]]) -> list[tuple[str, object, object, object]]:
    found: list[tuple[str, object, object, object]] = []
    for block in blocks:
        sizes = values.objects(block, "media")
        if str(block.get("type")) in {"image", "video", "audio"} and sizes:
            kind, still = str(block["type"]), values.objects(block, "poster")
            small = sizes[min(2, len(sizes) - 1)] if kind == "image" else still[0] if still else {}
            found.append((kind, sizes[0].get("url"), block.get("alt_text"), small.get("url")))
    return found


def _old_media(raw: Raw) -> list[tuple[str, object, object, object]]:
    found: list[tuple[str, object, object, object]] = [
        ("image", piece(photo, "original_size", "url"), values.worded(photo.get("caption")) or None, _small(photo))
        for photo in values.objects(raw, "photos")
    ]
    still = raw.get("thumbnail_url")
    return [*found, ("video", raw.get("video_url"), None, still), ("audio", raw.get("audio_source_url"), None, None)]


def _small(photo: Mapping[str, object]) -> object:
    """Of the sizes a photo comes in, the smallest that is still 400 dots wide."""
    sizes = [size for size in values.objects(photo, "alt_sizes") if (values.count(size.get("width")) or 0) >= 400]
    return min(sizes, key=lambda size: values.count(size.get("width")) or 0).get("url") if sizes else None

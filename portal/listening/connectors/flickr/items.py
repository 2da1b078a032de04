"""Photos of Flickr in the shape of the house; pure."""

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract, Raw
from portal.listening.connectors.pieces import links_of, media_of, name_of, piece, text_of, title_of
from portal.listening.drafts import MentionDraft

CHANNEL = "flickr"
_SIZES = ("url_l", "url_c", "url_m", "url_t")


def raw_items(payload: object) -> list[Raw]:
    """The photos of a search, or the one of `flickr.photos.getInfo`."""
    return list(values.objects(payload, "photos", "photo") or values.objects(payload, "photo"))


def normalise_item(raw: Raw) -> MentionDraft:
    """A photo or video; numbers come as strings, words under `_content`.

    Raises:
        Contract: it is no photo.
    """
    photo_id = values.need_id(raw.get("id"), "Flickr photo")
    owner = raw.get("owner")
    number = values.identifier(piece(owner, "nsid") if isinstance(owner, dict) else owner)
    if number is None:
        raise Contract("A Flickr item arrived without its owner.")
    alias = name_of(values.first_filled(raw.get("pathalias"), piece(owner, "path_alias")))
    shown = values.first_filled(raw.get("ownername"), piece(owner, "realname"), piece(owner, "username"))
    created_at = values.need_moment(
        values.first_filled(raw.get("dateupload"), piece(raw, "dates", "posted")), "Flickr photo"
    )
    return MentionDraft(
        channel=CHANNEL,
        external_id=photo_id,
        kind="video" if raw.get("media") == "video" else "photo",
        title=title_of(values.decoded(_content(raw.get("title")))),
        text=_words(raw),
        # The page must be linked back to.
        url=values.web_address(f"https://www.flickr.com/photos/{alias or number}/{photo_id}/"),
        created_at=created_at,
        author=values.named_author(
            CHANNEL,
            number,
            fallback=photo_id,
            external_id=number,
            name=name_of(shown),
            url=values.web_address(f"https://www.flickr.com/people/{alias or number}/"),
            avatar_url=_avatar(raw, number),
        ),
        likes=values.count(raw.get("count_faves")),
        replies=values.count(_content(raw.get("comments"))),
        views=values.count(raw.get("views")),
        media=media_of(
            [("image", values.first_filled(*(raw.get(size) for size in _SIZES)), None, raw.get("url_m"))],
        ),
        links=links_of(_content(raw.get("description"))),
    )


def _content(value: object) -> object:
    return piece(value, "_content") if isinstance(value, dict) else value


def _words(raw: Raw) -> str:
    """The description and the tags, for many photos say what they show by tags alone."""
    tags = raw.get("tags")
    if isinstance(tags, dict):
        tags = " ".join(str(tag.get("raw") or tag.get("_content") or "") for tag in values.objects(tags, "tag"))
    marks = " ".join(f"#{tag}" for tag in tags.split()[:75]) if isinstance(tags, str) else ""
    return text_of("\n".join(line for line in (values.worded(_content(raw.get("description"))), marks) if line))


def _avatar(raw: Raw, number: str) -> str | None:
    # The pattern of the address is generally known and was not read in a specification [unverified].
    server, farm = values.count(raw.get("iconserver")), values.count(raw.get("iconfarm"))
    if not server or farm is None:
        return None
    return values.web_address(f"https://farm{farm}.staticflickr.com/{server}/buddyicons/{number}.jpg")

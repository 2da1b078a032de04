"""Reviews of Google Play in the shape of the house; pure."""

from collections.abc import Mapping
from typing import Any

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract, Raw
from portal.listening.connectors.pieces import name_of, piece, text_of, title_of
from portal.listening.drafts import MentionDraft

CHANNEL = "google-play"


def raw_items(payload: object) -> list[Raw]:
    """The reviews of a list answer, or the one review asked for."""
    if piece(payload, "reviewId"):
        return [values.mapping(payload)]
    return list(values.objects(payload, "reviews"))


def normalise_item(raw: Raw, package: str = "") -> MentionDraft:
    """A review as it stands now; the shop keeps no earlier wording and no date of the first one.

    Reviewers have names but no accounts, so each review is an author of its own.

    Raises:
        Contract: it carries no comment of a user.
    """
    review_id = values.need_id(raw.get("reviewId"), "Google Play review")
    said = _user_comment(raw)
    answered = any(isinstance(entry.get("developerComment"), Mapping) for entry in values.objects(raw, "comments"))
    shown = name_of(raw.get("authorName"))
    headline, _, words = text_of(values.first_filled(said.get("originalText"), said.get("text"))).rpartition("\t")
    seconds = values.count(piece(said, "lastModified", "seconds"))
    address = f"https://play.google.com/store/apps/details?id={package}&reviewId={review_id}" if package else None
    return MentionDraft(
        channel=CHANNEL,
        external_id=review_id,
        kind="review",
        title=title_of(headline),
        text=words.strip(),
        lang=values.language(said.get("reviewerLanguage")),
        url=values.web_address(address),
        created_at=values.need_moment(seconds, "Google Play review"),
        author=values.named_author(CHANNEL, f"review-{review_id}", fallback=review_id, name=shown),
        likes=values.count(said.get("thumbsUpCount")),
        replies=1 if answered else 0,
        rating=values.stars(said.get("starRating")),
    )


def _user_comment(raw: Raw) -> Mapping[str, Any]:
    for entry in values.objects(raw, "comments"):
        if isinstance(entry.get("userComment"), Mapping):
            said: Mapping[str, Any] = entry["userComment"]
            return said
    raise Contract("A Google Play review arrived without the words of a user.")

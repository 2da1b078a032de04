"""Which column of a file is which of ours: the formats that are known, and a guess by name for the rest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.foundation.text import fold
from portal.listening.files.headers import ELSEWHERE

COLUMNS = (
    "channel", "external_id", "url", "kind", "title", "text", "created_at", "author_handle", "author_name",
    "author_url", "author_followers", "lang", "likes", "replies", "shares", "views", "rating", "parent_id",
    "parent_author", "thread_id",
)  # fmt: skip
# Not asked of anyone; read where a file has them. The last three are flags that tell the kind.
MORE_COLUMNS = (
    "origin_host", "uri", "edited_at", "author_id", "author_avatar", "is_bot", "is_repost", "is_quote", "is_reply",
)  # fmt: skip
ALL_COLUMNS = COLUMNS + MORE_COLUMNS

# In the order in which columns are given out: the first name of a list that the file has is taken, once.
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "external_id": (
        "external_id", "tweet_id", "post_id", "message_id", "review_id", "comment_id", "status_id",
        "mention_id", "resource_id", "id_str", "id", "guid", "number",
    ),
    "created_at": (
        "created_at", "created_at_utc", "created_utc", "tweet_created", "created", "published_at",
        "published", "posted_at", "date_created", "created_date", "creation_date", "at", "datetime",
        "date_time", "timestamp", "date", "time", "review_date",
    ),
    "edited_at": ("edited_at", "updated_at", "last_edited_at"),
    "text": (
        "text", "full_text", "tweet_text", "tweet", "body", "selftext", "content", "message", "comment_text",
        "comment", "review_text", "review", "post_text", "post", "details", "description", "snippet",
        "opening_text", "hit_sentence",
    ),
    "title": ("title", "subject", "headline", "topic_title", "review_title"),
    "author_handle": (
        "author_handle", "username", "user_name", "screen_name", "user_screen_name", "handle",
        "author_username", "user_username", "author", "user", "author_name", "reviewer_name",
        "reviewer_nickname", "created_by", "name", "author_id", "user_id",
        "extra_author_attributes_short_name", "extra_author_attributes_name", "from", "sender",
    ),
    "author_name": ("author_name", "display_name", "user_display_name", "full_name", "author_full_name", "name"),
    "author_id": ("author_id", "user_id", "author_external_id", "user_id_str"),
    "author_url": (
        "author_url", "profile_url", "user_url", "author_link", "author_profile_url", "extra_author_attributes_url",
    ),
    "author_avatar": ("author_avatar", "avatar_url", "user_image", "profile_image_url"),
    "author_followers": ("author_followers", "followers", "user_followers", "followers_count", "user_followers_count"),
    "is_bot": ("is_bot",),
    "url": (
        "url", "link", "permalink", "post_url", "tweet_url", "status_url", "permalink_url", "message_url",
        "original_url", "portal_url",
    ),
    "lang": ("lang", "language", "tweet_language", "reviewer_language"),
    "kind": ("kind",),
    "likes": (
        "likes", "likes_count", "like_count", "favorites", "favorites_count", "favorite_count",
        "favourites_count", "thumbs_up_count", "thumbs_up", "upvotes", "ups", "votes", "votes_count",
        "vote_count", "score",
    ),
    "replies": (
        "replies", "replies_count", "reply_count", "num_comments", "comments_count", "comment_count", "comments",
    ),
    "shares": (
        "shares", "retweets", "retweet_count", "retweets_count", "share_count", "shares_count", "reposts",
        "reblogs_count",
    ),
    "views": ("views", "view_count", "views_count", "impressions", "reads"),
    "rating": ("rating", "stars", "star_rating"),
    "parent_id": (
        "parent_id", "in_reply_to_status_id_str", "in_reply_to_status_id", "in_reply_to_tweet_id",
        "in_response_to_tweet_id", "in_reply_to_id", "reply_to_id",
    ),
    "parent_author": (
        "parent_author", "in_reply_to_screen_name", "in_reply_to_user", "reply_to_user", "in_reply_to_username",
    ),
    "thread_id": ("thread_id", "conversation_id", "conversation", "topic_id"),
    "is_repost": ("is_retweet", "is_repost", "retweeted_status_id"),
    "is_quote": ("is_quote", "is_quote_status", "quote_url", "quoted_status_id"),
    "is_reply": ("is_reply",),
    "channel": ("channel",),
    "origin_host": ("origin_host",),
    "uri": ("uri",),
}  # fmt: skip
_REVIEW_SIGNS = {"review_id", "review", "review_text", "review_created_version", "thumbs_up_count", "app_version"}
_TWITTER_SIGNS = re.compile(r"(re)?tweet(s|_|$)|is_retweet")


@dataclass(frozen=True, slots=True)
class Format:
    """How one tool writes its exports.

    Attributes:
        name: as given to `--format`.
        title: as shown to people.
        signs: columns that tell it, in plain form; all of them must be there.
        columns: our column to theirs; alternatives are parted by `|`, the first that is filled counts.
        constants: our columns that are the same in every row.
        holds: what its rows are where they are nothing that somebody said, such as votes; it is then refused.
    """

    name: str
    title: str
    signs: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    holds: str = ""


HEARD = Format("heard", "Heard", frozenset({"author_handle", "created_at"}), {name: name for name in ALL_COLUMNS})
GENERIC = Format("generic", "Any table")
_NAMED = (
    Format(
        "brandwatch", "Brandwatch",
        frozenset({"resource_id", "query_name", "full_text", "author"}),
        {
            "channel": "Page Type|Domain|Url", "external_id": "Resource Id", "url": "Original Url|Url",
            "title": "Title", "text": "Full Text|Snippet", "created_at": "Date", "author_handle": "Author",
            "author_name": "Full name", "author_avatar": "Avatar Url", "lang": "Language",
            "author_id": "Twitter Author Id|Facebook Author Id",
            "author_followers": "Twitter Followers|Instagram Follower Count",
            "likes": "Facebook Likes|Instagram Like Count", "shares": "Twitter Retweets|Facebook Shares",
            "replies": "Twitter Reply Count|Facebook Comments|Instagram Comment Count",
            "views": "Impressions", "thread_id": "Thread Id",
            "is_repost": "Twitter Retweet Of", "is_reply": "Reply To",
        },
    ),
    Format(
        "meltwater", "Meltwater",
        frozenset({"headline", "hit_sentence", "influencer", "url"}),
        {
            "channel": "URL", "external_id": "Tweet Id|Document ID", "url": "URL", "title": "Headline",
            "text": "Opening Text|Hit Sentence", "created_at": "Date", "author_handle": "Influencer|Source",
            "lang": "Language", "views": "Views",
        },
    ),
    Format(
        "google-play", "Google Play (google-play-scraper)",
        frozenset({"review_id", "user_name", "content", "score", "at"}),
        {
            "external_id": "reviewId", "text": "content", "created_at": "at", "author_handle": "userName",
            "author_avatar": "userImage", "rating": "score", "likes": "thumbsUpCount",
        },
        {"channel": "google-play", "kind": "review"},
    ),
    Format(
        "fider", "Fider",
        frozenset({"number", "title", "created_by", "votes_count", "responded_by"}),
        {
            "external_id": "number", "title": "title", "text": "description", "created_at": "created_at",
            "author_handle": "created_by", "likes": "votes_count", "replies": "comments_count",
        },
        {"channel": "fider"},
    ),
    Format(
        "uservoice", "UserVoice",
        frozenset({"suggestion_id", "suggestion_title", "suggestion_created_timestamp"}),
        {
            "external_id": "suggestion.id", "title": "suggestion.title", "text": "suggestion.body",
            "url": "suggestion.portal_url", "created_at": "suggestion.created_timestamp",
            "author_handle": "suggestion.creator.name|user.name|user.id", "likes": "suggestion.votes_count",
        },
        {"channel": "uservoice"},
    ),
    Format(
        "canny", "Canny",
        frozenset({"title", "details", "votes", "created"}),
        {
            "external_id": "id", "url": "url", "title": "title", "text": "details", "created_at": "created",
            "author_handle": "author.name|authorName|author_name|author", "author_id": "author.id|authorID",
            "likes": "votes", "replies": "commentCount|comments_count",
        },
        {"channel": "canny"},
    ),
    Format(
        "uservoice-api", "UserVoice (interface v2)",
        frozenset({"id", "body", "portal_url", "supporters_count"}),
        {
            "external_id": "id", "title": "title", "text": "body", "url": "portal_url", "created_at": "created_at",
            "edited_at": "updated_at", "author_handle": "links.created_by|created_by.name|created_by",
            "likes": "supporters_count|votes_count", "replies": "comments_count",
        },
        {"channel": "uservoice"},
    ),
    Format(
        "quackback", "Quackback",
        frozenset({"title", "body", "author_name", "board", "vote_count"}),
        {
            "external_id": "id", "title": "title", "text": "body", "created_at": "created_at",
            "author_handle": "author_name", "likes": "vote_count",
        },
        {"channel": "quackback"},
    ),
    Format(
        "quackback-comments", "Quackback (comments)",
        frozenset({"post_id", "body", "author_name", "is_staff"}),
        {
            "external_id": "id", "text": "body", "created_at": "created_at", "author_handle": "author_name",
            "parent_id": "post_id", "thread_id": "post_id",
        },
        {"channel": "quackback", "kind": "comment"},
    ),
    Format(
        "jive", "Jive ideas",
        frozenset({"subject", "body", "stage"}),
        {
            "external_id": "id", "title": "subject", "text": "body", "url": "url|link",
            "created_at": "created_at|created|date", "author_handle": "author|username|user|created_by",
        },
        {"channel": "jive"},
    ),
    Format(
        "uservoice-users", "UserVoice (people)", frozenset({"user_id", "external_user_external_id"}), holds="people"
    ),
    Format(
        "ideascale-votes", "IdeaScale (votes)", frozenset({"idea_url", "member_email", "vote_1_or_1"}), holds="votes"
    ),
    Format("quackback-votes", "Quackback (votes)", frozenset({"post_id", "voter_email"}), holds="votes"),
)  # fmt: skip
FORMATS = {known.name: known for known in (HEARD, *_NAMED, GENERIC)}


def detect(columns: Sequence[str]) -> Format:
    """The format whose signs the columns carry; `GENERIC` if none does."""
    names = {plain(column) for column in columns}
    return next((known for known in (HEARD, *_NAMED) if known.signs <= names), GENERIC)


def suggest_mapping(columns: Sequence[str], chosen: Format | None = None) -> dict[str, str]:
    """Our column to theirs, as far as the names of the columns tell."""
    chosen = chosen or detect(columns)
    if chosen is GENERIC:
        guessed = _guess(columns)
        if "url" in guessed and "channel" not in guessed | suggest_constants(columns, chosen):
            # Where somebody wrote is seen by the address.
            guessed["channel"] = guessed["url"]
        return guessed
    theirs = {plain(column): column for column in reversed(columns)}
    mapping = {}
    for ours, wanted in chosen.columns.items():
        present = dict.fromkeys(theirs[plain(name)] for name in wanted.split("|") if plain(name) in theirs)
        if present:
            mapping[ours] = "|".join(present)
    return mapping


def suggest_constants(columns: Sequence[str], chosen: Format | None = None) -> dict[str, str]:
    """What is the same in every row: the channel of a known tool, or X where the columns speak of tweets."""
    chosen = chosen or detect(columns)
    if chosen is GENERIC and any(_TWITTER_SIGNS.match(plain(column)) for column in columns):
        return {} if "channel" in map(plain, columns) else {"channel": "x"}
    return dict(chosen.constants)


def plain(column: str) -> str:
    """A column's name as names are compared: `Full Text`, `fullText` and `full_text` are one."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", column.strip())
    return fold(re.sub(r"[^\w]+", "_", words).strip("_"))


def _guess(columns: Sequence[str]) -> dict[str, str]:
    # `Timestamp (UTC)` is also a `Timestamp`; the whole name comes first.
    theirs = {plain(column.partition("(")[0]): column for column in reversed(columns)}
    theirs |= {plain(column): column for column in reversed(columns)}
    mapping: dict[str, str] = {}
    if _REVIEW_SIGNS & theirs.keys() and "score" in theirs:
        mapping["rating"] = theirs.pop("score")
    for ours, names in _SYNONYMS.items():
        found = _first(names, theirs) or _first(ELSEWHERE.get(ours, ()), theirs)
        if found and ours not in mapping:
            mapping[ours] = theirs[found]
            theirs = {name: column for name, column in theirs.items() if column != mapping[ours]}
    return mapping


def _first(names: Iterable[str], there: Mapping[str, str]) -> str | None:
    return next((name for name in names if name in there), None)

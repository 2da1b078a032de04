"""Formats: known tools by their columns, other tables by the names of theirs."""

import pytest

from portal.listening.files.formats import FORMATS, detect, plain, suggest_constants, suggest_mapping


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (["channel", "author_handle", "created_at", "text"], "heard"),
        (["Resource Id", "Query Name", "Author", "Full Text", "Date", "Url"], "brandwatch"),
        (["Date", "Headline", "URL", "Opening Text", "Hit Sentence", "Influencer"], "meltwater"),
        (["reviewId", "userName", "content", "score", "thumbsUpCount", "at"], "google-play"),
        (["number", "title", "description", "created_at", "created_by", "votes_count", "responded_by"], "fider"),
        (["suggestion.id", "suggestion.title", "suggestion.created_timestamp"], "uservoice"),
        (["title", "details", "votes", "created"], "canny"),
        (
            ["id", "title", "body", "state", "votes_count", "supporters_count", "portal_url", "links.created_by"],
            "uservoice-api",
        ),
        (["id", "title", "body", "author_email", "author_name", "board", "status", "vote_count"], "quackback"),
        (["post_id", "body", "author_email", "author_name", "is_staff", "created_at"], "quackback-comments"),
        (["post_id", "voter_email", "created_at"], "quackback-votes"),
        (["subject", "body", "stage"], "jive"),
        (["idea url", "member email", "vote (1 or -1)"], "ideascale-votes"),
        (["user.id", "external_user.external_id", "external_user.name"], "uservoice-users"),
        (["id", "text"], "generic"),
        ([], "generic"),
    ],
)
def test_a_tool_is_known_by_its_columns(columns, name):
    assert detect(columns) is FORMATS[name]


@pytest.mark.parametrize("name", ["Full Text", "fullText", "full_text", " FULL-TEXT ", "Full.Text"])
def test_names_are_compared_without_their_dress(name):
    assert plain(name) == "full_text"


@pytest.mark.parametrize(
    "columns",
    [
        ["Datum", "Titel", "Inhalt", "Verfasser", "Sprache", "Netzwerk"],
        ["Date de publication", "Titre", "Contenu", "Auteur", "Langue", "Réseau social"],
        ["Fecha", "Título", "Texto", "Usuario", "Idioma", "Plataforma"],
        ["日付", "タイトル", "本文", "投稿者", "言語", "Network"],
    ],
)
def test_columns_in_other_languages_are_guessed(columns):
    found = suggest_mapping(columns)

    assert [found[ours] for ours in ("created_at", "title", "text", "author_handle", "lang", "channel")] == columns


def test_what_other_tools_write_is_guessed():
    inbox = suggest_mapping(["Timestamp (UTC)", "Network", "From", "Message", "Permalink"])
    listened = suggest_mapping(["published", "url", "content", "lang", "extra_author_attributes.short_name"])

    assert inbox == {
        "created_at": "Timestamp (UTC)", "channel": "Network", "author_handle": "From", "text": "Message",
        "url": "Permalink",
    }  # fmt: skip
    assert (listened["author_handle"], listened["channel"]) == ("extra_author_attributes.short_name", "url")


def test_a_table_of_tweets_is_guessed():
    columns = ["tweet_id", "name", "retweet_count", "text", "tweet_created", "favorites", "is_retweet"]

    assert suggest_mapping(columns) == {
        "external_id": "tweet_id",
        "created_at": "tweet_created",
        "text": "text",
        "author_handle": "name",
        "likes": "favorites",
        "shares": "retweet_count",
        "is_repost": "is_retweet",
    }
    assert suggest_constants(columns) == {"channel": "x"}


def test_a_handle_is_taken_before_a_name():
    mapping = suggest_mapping(["id", "user_id", "name", "screen_name", "body", "date"])

    assert (mapping["author_handle"], mapping["author_name"], mapping["author_id"]) == (
        "screen_name",
        "name",
        "user_id",
    )


def test_a_score_is_a_rating_where_there_are_reviews_and_likes_elsewhere():
    assert suggest_mapping(["reviewId", "review", "score"])["rating"] == "score"
    assert suggest_mapping(["id", "body", "score"])["likes"] == "score"


def test_no_column_is_given_twice():
    mapping = suggest_mapping(["id", "author", "content", "created", "url", "score", "comments"])

    # But for the address, which also says where something was said.
    assert mapping.pop("channel") == mapping["url"]
    assert len(set(mapping.values())) == len(mapping)


def test_a_channel_column_is_kept_ahead_of_a_guess():
    columns = ["tweet_id", "channel", "text"]

    assert suggest_mapping(columns)["channel"] == "channel"
    assert suggest_constants(columns) == {}


def test_a_tool_that_parts_one_thing_over_columns_gets_them_all():
    columns = ["Resource Id", "Query Name", "Author", "Full Text", "Snippet", "Facebook Likes", "Instagram Like Count"]

    mapping = suggest_mapping(columns)

    assert mapping["text"] == "Full Text|Snippet"
    assert mapping["likes"] == "Facebook Likes|Instagram Like Count"

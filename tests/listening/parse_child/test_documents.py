"""Feeds of every kind, read in this process: what is taken from each."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.listening.parse_child.documents import read_document
from portal.listening.parse_child.words import MAX_CHARS, plain_text


def read(text: str | bytes, content_type: str = "application/xml") -> dict[str, Any]:
    body = text.encode() if isinstance(text, str) else text
    return read_document(body, content_type=content_type, url="https://blog.example/feed")


def rss(item: str) -> str:
    return f"<rss version='2.0'><channel><title>Notes</title><item>{item}</item></channel></rss>"


def atom(entry: str) -> str:
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Notes</title><entry>{entry}</entry></feed>"


def json_feed(*items: object, **parts: object) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Notes", "items": items, **parts})


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One</p><p>two</p>", "One\ntwo"),
        ("a<b>b</b>c<br>d", "abc\nd"),
        ("<ul><li>x<li>y</ul>", "x\ny"),
        ("<table><tr><td>1</td><td>2</td></table>", "1 2"),
        ("Q&amp;A &lt;3 &#128521; caf&eacute;", "Q&A <3 \U0001f609 caf\u00e9"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<script>alert(1)</script>x<style>p{}</style>", "x"),
        ("<p onclick=x>a</p><!-- no --><img src=x onerror=y>", "a"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("  many \n\t spaces ", "many spaces"),
        ("<p>unclosed", "unclosed"),
        ("<", "<"),
        ("", ""),
    ],
)
def test_markup_becomes_words(markup: str, words: str) -> None:
    assert plain_text(markup).replace("\n", " ") == words.replace("\n", " ")


def test_paragraphs_stay_apart() -> None:
    assert plain_text("<p>One</p><div>two<br>three</div>") == "One\ntwo\nthree"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>&;/!-='\" pabscriptdivlt#x0\n"), max_size=200))
def test_no_markup_makes_words_fail_or_run_long(markup: str) -> None:
    assert len(plain_text(markup)) <= MAX_CHARS


def test_rss_gives_words_times_and_counts() -> None:
    item = rss(
        "<guid>7</guid><title>Q&amp;amp;A</title><link>https://blog.example/7</link>"
        "<description>&lt;p&gt;Short&lt;/p&gt;</description><pubDate>Sat, 07 Sep 2024 02:00:01 +0200</pubDate>"
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>&lt;p&gt;The long text&lt;/p&gt;"
        "</content:encoded><slash:comments xmlns:slash='http://purl.org/rss/1.0/modules/slash/'>12</slash:comments>"
        "<enclosure url='https://blog.example/a.mp3' type='audio/mpeg' length='1'/>"
    )

    entry = read(item)["entries"][0]

    assert (entry["title"], entry["text"]) == ("Q&A", "The long text")
    assert (entry["published"], entry["updated"]) == ("2024-09-07T00:00:01+00:00", None)
    assert entry["replies"] == 12
    assert entry["media"] == [{"kind": "audio", "url": "https://blog.example/a.mp3"}]


def test_atom_gives_both_times_and_the_author() -> None:
    entry = read(
        atom(
            "<id>tag:a,1</id><title type='html'>&lt;b&gt;Bold&lt;/b&gt;</title>"
            "<published>2024-01-01T00:00:00Z</published><updated>2024-02-01T00:00:00Z</updated><author><name>Maya</name><uri>https://maya.example/</uri>"
            "<email>maya@maya.example</email></author><content type='text'>1 &lt; 2</content>"
        )
    )["entries"][0]

    assert (entry["title"], entry["text"]) == ("Bold", "1 < 2")
    assert (entry["published"][:10], entry["updated"][:10]) == ("2024-01-01", "2024-02-01")
    assert (entry["author"], entry["author_url"]) == ("Maya", "https://maya.example/")


def test_the_page_of_an_entry_is_neither_its_counter_nor_what_stands_within_another_link() -> None:
    counted = (
        "<link>https://counter.example/1</link><fb:origLink xmlns:fb='http://rssnamespace.org/feedburner/ext/1.0'>"
    )
    assert read(rss(f"{counted}https://a.example/1</fb:origLink>"))["entries"][0]["link"] == "https://a.example/1"
    inside = "<link rel='alternate' href='https://a.example/2'/><link rel='enclosure'>https://a.example/x</link>"
    assert read(atom(inside))["entries"][0]["link"] == "https://a.example/2"


def test_of_several_authors_the_first_is_taken_and_an_entry_has_its_own_language() -> None:
    several = "".join(f"<dc:creator>{name}</dc:creator>" for name in ("Maya", "Omar"))
    item = f"<item xmlns:dc='http://purl.org/dc/elements/1.1/'>{several}<dc:language>de</dc:language></item>"

    entry = read(f"<rss version='2.0'><channel>{item}</channel></rss>")["entries"][0]

    assert (entry["author"], entry["language"]) == ("Maya", "de")


def test_a_mail_address_in_place_of_a_name_is_not_taken() -> None:
    assert read(rss("<guid>1</guid><author>maya@maya.example</author>"))["entries"][0]["author"] == ""
    for both in ("maya@maya.example (Maya)", "Maya &lt;maya@maya.example&gt;", "Maya"):
        assert read(rss(f"<guid>1</guid><author>{both}</author>"))["entries"][0]["author"] == "Maya"


@pytest.mark.parametrize("date", ["", "soon", "Sat, 99 Foo 2024", "0001-01-01", "1970-01-01T00:00:00Z", "99999-01-01"])
def test_a_date_that_cannot_be_is_no_date(date: str) -> None:
    assert read(rss(f"<guid>1</guid><pubDate>{date}</pubDate>"))["entries"][0]["published"] is None


@pytest.mark.parametrize(
    ("charset", "header", "declared"),
    [
        ("utf-8", "text/xml", ""),
        ("utf-8", "text/xml; charset=iso-8859-1", "utf-8"),
        ("utf-8", "application/rss+xml; charset=us-ascii", ""),
        ("utf-8", "application/rss+xml; charset=windows-1252", "utf-8"),
        ("windows-1252", "application/rss+xml", "windows-1252"),
        ("windows-1252", "text/xml; charset=windows-1252", ""),
        ("utf-16", "", "utf-16"),
        ("utf-16", "application/xml; charset=utf-8", ""),
        ("utf-32", "", ""),
        ("utf-8-sig", "application/rss+xml", ""),
    ],
)
def test_letters_survive_a_wrong_charset(charset: str, header: str, declared: str) -> None:
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    body = (declaration + rss("<guid>1</guid><title>Maya\u2019s caf\u00e9</title>")).encode(charset)

    assert read(body, header)["entries"][0]["title"] == "Maya\u2019s caf\u00e9"


def test_plain_letters_in_wide_bytes_are_read_too() -> None:
    assert read(rss("<guid>1</guid><title>Plain</title>").encode("utf-16"), "")["entries"][0]["title"] == "Plain"


def test_json_feed_follows_its_specification() -> None:
    feed = read(
        json_feed(
            {
                "id": 7,
                "content_html": "<p>Hi</p>",
                "date_published": "2024-01-01T00:00:00Z",
                "url": "https://a.example/7",
            },
            {
                "id": "x",
                "content_text": "<i>",
                "date_published": "Mon, 01 Jan 2024 01:00:00 +0100",
                "author": {"name": "Old"},
                "external_url": "https://b.example/",
            },
            {"content_text": "no id"},
            {"id": None, "content_text": "no id"},
            {"id": True, "content_text": "no id"},
            "not an item",
            {"id": "y", "authors": [{"name": "New", "url": "https://n.example/", "avatar": "https://n.example/a"}]},
            language="de",
        )
    )

    assert [entry["id"] for entry in feed["entries"]] == ["7", "x", "y"]
    assert {entry["published"] for entry in feed["entries"]} == {"2024-01-01T00:00:00+00:00", None}
    assert [entry["text"] for entry in feed["entries"]] == ["Hi", "<i>", ""]
    assert [entry["author"] for entry in feed["entries"]] == ["", "Old", "New"]
    assert (feed["format"], feed["language"]) == ("json", "de")


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["items", "authors", "author", "id", "image", "url"]), inner, max_size=4)
        ),
    )
)
def test_no_json_breaks_the_reader(thing: object) -> None:
    read(json_feed(thing))
    read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": thing, "author": thing}))


def test_at_most_500_entries_are_taken() -> None:
    many = "".join(f"<item><guid>{number}</guid></item>" for number in range(600))

    assert len(read(f"<rss version='2.0'><channel>{many}</channel></rss>")["entries"]) == 500
    assert len(read(json_feed(*({"id": number} for number in range(600))))["entries"]) == 500


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("&#xD83D;&#xDCA1; &#55357;&#56481;", "\U0001f4a1 \U0001f4a1"),
        ("&#128161;&#x1F4A1;&#8211;&#65;", "\U0001f4a1\U0001f4a1\u2013A"),
        ("a&#xD83D;b&#xDCA1;c", "abc"),
        ("a&#0;&#1;&#x1F;&#1114112;&#99999999;b", "ab"),
    ],
)
def test_signs_by_number_are_read_whole_and_halves_spoil_no_feed(written, read_as):
    (found,) = read(rss(f"<title>{written}</title><guid>1</guid>"))["entries"]

    assert found["title"] == read_as


def test_what_is_enclosed_without_a_type_is_known_by_its_ending():
    enclosed = "".join(f"<enclosure url='https://a.example/1.{end}'/>" for end in ("JPG?w=1", "mp3", "pdf"))
    (found,) = read(rss(f"<title>L</title><guid>1</guid>{enclosed}"))["entries"]

    assert [item["kind"] for item in found["media"]] == ["image", "audio", ""]


def test_an_id_is_a_name_and_makes_no_address() -> None:
    for item, found in (
        ("<guid>17</guid><title>t</title>", ("17", "17")),
        ("<guid isPermaLink='false'>17</guid><link>/17</link>", ("17", "https://blog.example/17")),
        ("<guid>/2026/17</guid>", ("https://blog.example/2026/17", "https://blog.example/2026/17")),
        ("<guid>https://blog.example/17</guid>", ("https://blog.example/17", "https://blog.example/17")),
    ):
        (entry,) = read(rss(item))["entries"]
        assert (entry["id"], entry["link"]) == found
    (entry,) = read(atom("<id>t3_1</id><title>t</title>"))["entries"]
    assert entry["id"] == "t3_1"


def test_a_feed_knows_its_letters_better_than_a_server_that_knows_nothing() -> None:
    body = f"<?xml version='1.0' encoding='EUC-JP'?>{rss('<title>ランプ</title>')}".encode("euc-jp")
    for said in ("text/xml; charset=iso-8859-1", "text/xml; charset=euc-jp", "text/xml"):
        assert read(body, said)["entries"][0]["title"] == "ランプ"

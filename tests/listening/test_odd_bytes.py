"""Feeds, pages and mails bent in every way: each is read or refused with a sentence, never a traceback."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.foundation import config
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Contract
from portal.listening.parsing import parse_here
from portal.listening.services.turns import make_context
from tests.conftest import settings_for_tests
from tests.examples import examples
from tests.listening.connectors.test_mail import mail

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>N</title>
<ttl>60</ttl><skipHours><hour>3</hour></skipHours><item><guid isPermaLink="false">1</guid><title>A
 &amp;lt;b&gt; lamp</title>
<link>/a</link><dc:creator>Juno (j@x.example)</dc:creator><pubDate>Fri, 20 Nov 2026 12:00:00 +0100</pubDate>
<description><![CDATA[<p>It <b>hums</b></p>]]></description><slash:comments>3</slash:comments>
<media:content url="https://a.example/1.jpg" medium="image"/><enclosure url="https://a.example/2.mp3"
 type="audio/mpeg"/>
</item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://a.example/"><title type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml">N</div></title><link rel="hub" href="https://hub.example/"/><link
 rel="self" href="/f"/>
<entry><id>tag:a,1</id><title>L</title><author><name>Juno</name><uri>u</uri></author>
<published>2026-11-20T12:00:00Z</published>
<updated>2026-11-20T13:00:00+01:00</updated><content type="html">&lt;p&gt;x</content><link
 href="x"/></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel
 rdf:about="x"><title>N</title></channel><item
 rdf:about="1"><title>L</title><link>http://a.example/</link></item></rdf:RDF>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "N", "authors": [{"name": "J"}], "items":
 [{"id": 7,
"content_html": "<p>A lamp", "date_published": "2026-11-20T12:00:00Z", "attachments": [{"url":
 "https://a.example/a.mp3",
"mime_type": "audio/mpeg"}], "image": "https://a.example/i.png"}], "hubs": [{"type": "WebSub", "url":
 "https://h.example"}]}"""
PAGE = b"""<!doctype html><html><head><base href="/x/"><title>T</title></head><body class="h-feed"><a
 class="p-author h-card"
 href="/juno">Juno</a><article class="h-entry hentry"><h1 class="p-name entry-title">Lamp</h1><a
 class="u-in-reply-to h-cite"
 href="https://shop.example/lamp">re</a><div class="e-content">It <b>hums</b></div><time class="dt-published"
 datetime="2026-
11-20">then</time><img class="u-photo" src="a.png" alt="a"></article></body></html>"""
AS2 = b"""{"type": "Create", "actor": "https://a.example/j", "object": {"type": "Note", "content": "<p>A lamp",
 "inReplyTo":
"https://shop.example/lamp", "published": "2026-11-20T12:00:00Z", "tag": [{"name": "x"}], "attachment":
 [{"url": "a"}]}}"""
SEEDS = {"feeds": [RSS, ATOM, RDF, JSON], "webmention": [PAGE, AS2], "mail": [bytes(mail()), bytes(mail(html=None))]}
# What has broken readers of such bytes before.
SPLINTERS = [
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"&#x0;", b"&#xD800;", b"]]>", b"<![CDATA[",
    b"<!--", b"-->",
    b"<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '&a;&a;&a;'>]>", b"&c;", b'"', b"'", b"<", b">", b"=?utf-8?b?/w==?=",
    b"=?x?q?=?=", b"\r\n\r\n", b"\r\n ", b"(((((", b"@,;:<>", b"charset=unknown", b"charset=utf-7",
    b"encoding='utf-16'",
    b"boundary=", b"Content-Transfer-Encoding: base64\r\n", b"1" * 400, b"null", b"{", b"[[[[", b"\\ud800",
    b"http://[",
    b"https://a.example:99999/", b"-1", b"1e999", b"99999-99-99T99:99:99Z", "\u202e\u0000\U0001f4a1".encode(),
]  # fmt: skip
BENDS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(SPLINTERS) | st.binary(max_size=6)),
    min_size=1, max_size=6,
)  # fmt: skip


@pytest.mark.parametrize("channel", SEEDS)
@settings(max_examples=examples(60), deadline=None)
@given(number=st.integers(0, 3), bends=BENDS)
def test_bent_bytes_are_read_or_refused(channel: str, number: int, bends: list[tuple[float, int, bytes]]) -> None:
    config.use(settings_for_tests())
    connector = connector_for(channel)
    body = SEEDS[channel][number % len(SEEDS[channel])]
    for place, length, splinter in bends:
        at = int(place * len(body))
        body = body[:at] + splinter + body[at + length :]
    ctx = make_context(channel, {"url": "https://a.example/feed"}, {})

    with parse_here(), contextlib.suppress(Contract):
        for raw in connector.read(body, url="https://a.example/feed"):
            with contextlib.suppress(Contract):
                made = connector.normalise(raw, ctx)
                # What is stored must fit into the columns of both databases.
                f"{made.external_id}{made.text}{made.title}{made.url}{made.author.handle}".encode()
                assert "\x00" not in f"{made.external_id}{made.text}{made.title}{made.url}{made.author.handle}"

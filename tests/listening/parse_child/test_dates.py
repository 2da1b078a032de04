"""Dates as feeds write them, whatever the standards say."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.listening.parse_child.dates import read_date
from portal.listening.parse_child.documents import read_document

AT_TEN = """
Fri, 20 Nov 2026 10:00:00 +0000
Fri,20 Nov 2026 10:00 GMT
Fr, 20 Nov 2026 11:00:00 +0100
Ven, 20 nov 2026 11:00:00 +01:00
Пт, 20 ноя 2026 13:00:00 MSK
20 November 2026 05:00 EST
Friday, November 20th, 2026 - 10:00 AM
20. November 2026 um 10:00
2026-11-20 10:00:00 UTC
2026-11-20T10:00:00.123456789Z
2026/11/20 10:00
20.11.2026 10:00
2026年11月20日 10:00
20-Nov-26 10:00:00
Fri, 20 Nov 2026 12:00:00 GMT+0200
Fri, 20 Nov 2026 10:00:00 +0000 (UTC)
20 de noviembre de 2026 10:00
1795168800
1795168800000
"""


def test_every_form_gives_the_moment_that_it_means() -> None:
    forms = AT_TEN.strip().split("\n")
    assert {form: read_date(form) for form in forms} == dict.fromkeys(forms, datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert read_date("20 juin 2026") == datetime(2026, 6, 20, tzinfo=UTC)
    assert read_date("20 juil. 2026 12:05 a.m.") == datetime(2026, 7, 20, 0, 5, tzinfo=UTC)
    assert read_date("2026-12-31T24:00:00Z") == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "11/20/2026",
        "31 Feb 2026",
        "Fri, 20 Nov 2026 25:00",
        "20 Nov 2026 10:00 XYZ",
        "2026-11-20 +9999",
        "12",
    ],
)
def test_what_could_mean_two_things_or_none_is_not_guessed(said: str) -> None:
    assert read_date(said) is None


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789 :-/.,+TZjanseptmayGMT()年月日"), max_size=60))
def test_nothing_that_is_written_makes_it_fail(said: str) -> None:
    found = read_date(said)
    assert found is None or found.tzinfo is UTC


def test_both_kinds_of_feed_are_read_with_it() -> None:
    item = "<item><title>t</title><pubDate>Fr, 20 Nov 2026 11:00 CET</pubDate></item>"
    rss = f"<rss version='2.0'><channel><title>N</title>{item}</channel></rss>"
    json = '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","date_published":"2026-11-20 10:00 UTC"}]}'
    for body in (rss, json):
        (entry,) = read_document(body.encode(), content_type="", url="https://blog.example/feed")["entries"]
        assert entry["published"] == "2026-11-20T10:00:00+00:00"

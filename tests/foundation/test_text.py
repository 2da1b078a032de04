"""Words: folding, excerpts, and Markdown that can do no harm."""

import time
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from portal.foundation.clock import pretend
from portal.foundation.text import (
    clock_words,
    date_words,
    deadline,
    excerpt,
    fold,
    gettext,
    markdown_excerpt,
    moment_words,
    ngettext,
    render_markdown,
    span_words,
    tidy,
    working_words,
)


def test_folding_takes_case_and_accents_away():
    assert fold("Größe ÉTÉ Łódź İstanbul") == fold("GRÖSSE été łódź i̇stanbul")


def test_an_excerpt_ends_at_a_word():
    assert excerpt("one two three four", 12) == "one two…"


def test_values_are_filled_in():
    assert gettext("Hello %(name)s", name="Maya") == "Hello Maya"
    assert ngettext("%(num)s vote", "%(num)s votes", 2) == "2 votes"


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://evil.example/pixel.png)",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        '<a href="https://x" onclick="x()">x</a>',
        "[x](vbscript:x)",
        "<iframe srcdoc='<script>x</script>'></iframe>",
    ],
)
def test_markdown_cannot_carry_code_or_pictures(source):
    tags = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append((tag, dict(attrs)))

    parser.feed(render_markdown(source))

    assert {tag for tag, _ in tags} <= {"p", "a"}
    for _, names in tags:
        assert set(names) <= {"href", "rel"}
        assert (names.get("href") or "https:").startswith(("https:", "mailto:"))


def test_links_tell_search_engines_nothing_and_open_safely():
    assert 'rel="nofollow noopener ugc"' in render_markdown("[x](https://example.org)")


def test_headings_start_below_those_of_the_page():
    assert "<h1" not in render_markdown("# Big")


def test_a_megabyte_of_markdown_is_cut():
    assert len(render_markdown("*" * 1_000_000)) < 200_000


def test_an_excerpt_of_markdown_leaves_its_marks_out():
    source = "## Heading\n\nA **bold** _word_, a `code`, [a link](https://example.org) and 2*3*4.\n\n- one\n- two"

    assert markdown_excerpt(source) == "Heading A bold word, a code, a link and 2*3*4. · one · two"
    assert markdown_excerpt("snake_case_name stays") == "snake_case_name stays"


def test_a_text_of_brackets_keeps_an_excerpt_busy_for_no_time():
    began = time.process_time()

    markdown_excerpt("[" * 20_000)
    markdown_excerpt("[](" * 7_000)

    assert time.process_time() - began < 0.2


def test_typed_words_lose_what_no_text_holds():
    assert tidy("  a\r\nb\rc\x00\x07\ud800 \n") == "a\nb\nc"
    assert tidy(None) == tidy("") == ""


def test_a_deadline_is_a_weekday_while_it_is_near():
    moment = datetime(2026, 11, 5, 14, 0, tzinfo=UTC)

    with pretend(datetime(2026, 11, 2, 9, 0, tzinfo=UTC)):
        assert deadline(moment, ZoneInfo("Europe/Berlin")) == "Thursday 15:00"
        assert deadline(moment, ZoneInfo("America/New_York")) == "Thursday 09:00"
    with pretend(datetime(2026, 10, 2, 9, 0, tzinfo=UTC)):
        assert deadline(moment, ZoneInfo("Europe/Berlin")) == "5 November"
    with pretend(datetime(2027, 10, 2, 9, 0, tzinfo=UTC)):
        assert deadline(moment, ZoneInfo("Europe/Berlin")) == "5 November 2026"


def test_a_moment_is_said_with_its_day_its_year_and_its_zone():
    moment, berlin = datetime(2026, 12, 7, 14, 0, tzinfo=UTC), ZoneInfo("Europe/Berlin")

    assert date_words(moment.date()) == "7 December 2026"
    assert moment_words(moment, berlin) == "Monday 7 December 2026, 15:00, Berlin time"
    assert moment_words(moment, ZoneInfo("UTC")) == "Monday 7 December 2026, 14:00, UTC"
    assert moment_words(moment, ZoneInfo("America/Argentina/Buenos_Aires")).endswith("11:00, Buenos Aires time")
    assert span_words(moment, moment + timedelta(hours=1), berlin) == (
        "Monday 7 December 2026, 15:00 to 16:00, Berlin time"
    )
    assert span_words(moment, moment + timedelta(hours=9), berlin) == (
        "Monday 7 December 2026, 15:00 to Tuesday 8 December 2026, 00:00, Berlin time"
    )
    with pretend(moment):
        assert (clock_words(moment, berlin), clock_words(moment + timedelta(days=1), berlin)) == (
            "15:00",
            "Tue 8 Dec, 15:00",
        )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "1 working minute"),
        (59, "59 working minutes"),
        (90, "2 working hours"),
        (60 * 24, "24 working hours"),
        (217_485, "3,625 working hours"),
    ],
)
def test_working_time_is_told_in_the_unit_that_fits(minutes, words):
    assert working_words(minutes) == words


def test_names_after_an_at_lead_to_whom_they_name():
    names = (("Maya Lindqvist", "/members/1"), ("José", "/members/2"), ("Sam O. Jr.", "/ideas?owner=3"))
    source = "@maya lindqvist’s and (@Jose), *@Sam O. Jr.*; `@José` [@José](https://x.org) a@José @Josephine @Maya"

    html = render_markdown(source, names)

    for link in (
        '/members/1" rel="nofollow noopener ugc">@maya lindqvist</a>’s',
        '/members/2" rel="nofollow noopener ugc">@Jose</a>)',
        '/ideas?owner=3" rel="nofollow noopener ugc">@Sam O. Jr.</a>',
    ):
        assert link in html
    assert html.count("<a ") == 4
    assert "<code>@José</code>" in html
    assert '<a href="https://x.org" rel="nofollow noopener ugc">@José</a>' in html
    assert "<a" not in render_markdown(source.replace("[@José](https://x.org)", ""))
    hostile = render_markdown("@<b>José</b> @", (("<b>José</b>", "javascript:alert(1)"),))
    assert ("javascript" in hostile, "<b>" in hostile) == (False, False)

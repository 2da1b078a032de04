"""Words: folding, excerpts, and Markdown that can do no harm."""

from html.parser import HTMLParser

import pytest

from portal.foundation.text import excerpt, fold, gettext, ngettext, render_markdown


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

"""Words that were found stand marked in the text, and nothing in the text becomes markup."""

from portal.listening.views.marking import marked


def test_words_phrases_and_addresses_are_marked_however_they_are_written():
    assert marked("Die LÄMPE, the desk\nlamp", ['"desk lamp"', "lampe"]) == (
        "Die <mark>LÄMPE</mark>, the <mark>desk\nlamp</mark>"
    )
    assert marked("at lumen.example/shop now", ["url:lumen.example"]) == "at <mark>lumen.example</mark>/shop now"
    assert marked("lamps", ["lamp"]) == "lamps"
    assert marked("이 램프를 샀다", ["램프"]) == "이 <mark>램프</mark>를 샀다"


def test_a_long_text_is_cut_around_what_was_found():
    page = marked("a " * 400 + "lamp" + " b" * 400, ["lamp"], around=60)

    assert page.startswith("…")
    assert page.endswith("…")
    assert "<mark>lamp</mark>" in page
    assert len(page) < 100


def test_markup_in_the_text_stays_text():
    assert marked("<script>lamp</script>", ["lamp"]) == "&lt;script&gt;<mark>lamp</mark>&lt;/script&gt;"

"""Names of languages, as channels write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.languages import primary_language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"), ("en-US", "en"), ("EN_us", "en"), (" English ", "en"), ("zh-Hans-CN", "zh"),
        ("in", "id"), ("iw", "he"), ("und", None), ("qme", None), ("", None), (None, None), ("e", None),
        ("not a tag", None), ("12", None),
    ],
)  # fmt: skip
def test_a_tag_is_known_by_its_first_part(tag, language):
    assert primary_language(tag) == language


@given(st.text())
def test_no_tag_raises(tag):
    primary_language(tag)

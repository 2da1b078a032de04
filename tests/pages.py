"""A strict look at a page: every tag closed in order, no inline style or script, no repeated id, no error by itself."""

import re

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Every page of every test is read, so by one expression: Python's own parser takes several times as long. What begins
# like a tag and does not end like one, with each quote closed, is left to the last choice.
_TAG = re.compile(
    r"""<!--.*?--> | <!doctype[^>]*+>
    | <(?P<is_end>/?)(?P<name>[a-z][^\s/>"'=]*+)(?P<rest>(?:[^>"']++|"[^"]*+"|'[^']*+')*+)>
    | <[a-z/!]""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ERRORS = re.compile(r'class="field-errors" id="([^"]+)"')
_DESCRIBED_BY = re.compile(r'aria-describedby="([^"]+)"')
_MARKED = "Please look at the marked fields"
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")


def check_page(html: str) -> None:
    """Fail if this page is not well formed."""
    still_open: list[str] = []
    ids: set[str] = set()
    for found in _TAG.finditer(html):
        name = (found["name"] or "").lower()
        if not name:
            assert found[0].startswith(("<!--", "<!d", "<!D")), f"broken tag: {html[found.start() :][:80]}"
        elif found["is_end"]:
            assert still_open, f"</{name}> closes nothing"
            line = html.count("\n", 0, found.start()) + 1
            assert still_open[-1] == name, f"</{name}> closes <{still_open[-1]}> at line {line}"
            still_open.pop()
        else:
            _check_attributes(name, found["rest"], ids)
            if name not in _VOID and not found["rest"].endswith("/"):
                still_open.append(name)
    assert not still_open, f"never closed: {still_open}"
    loose = {*_ERRORS.findall(html)} - {one for told in _DESCRIBED_BY.findall(html) for one in told.split()}
    assert not loose, f"whoever hears the field does not hear its error: {loose}"
    assert _MARKED not in html or 'class="field-errors"' in html, "no field is marked, and the page says so"


def _check_attributes(tag: str, written: str, ids: set[str]) -> None:
    given = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(written)}
    assert "style" not in given, f"inline style on <{tag}>"
    assert not [name for name in given if name.startswith("on")], f"inline handler on <{tag}>"
    assert tag != "script" or given.get("src"), "inline script"
    found = given.get("id")
    if found:
        assert found not in ids, f"id {found} stands twice"
        ids.add(found)

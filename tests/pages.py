"""A strict look at a page: every tag closed in order, no inline style or script, no repeated id."""

from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        assert "style" not in names, f"inline style on <{tag}>"
        assert not [name for name in names if name.startswith("on")], f"inline handler on <{tag}>"
        assert tag != "script" or names.get("src"), "inline script"
        found = names.get("id")
        if found:
            assert found not in self.ids, f"id {found} stands twice"
            self.ids.add(found)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}> at line {self.getpos()[0]}"
        self.open.pop()


def check_page(html: str) -> None:
    """Fail if this page is not well formed."""
    page = _Page()
    page.feed(html)
    page.close()
    assert not page.open, f"never closed: {page.open}"

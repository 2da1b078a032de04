"""The house stands as it was drawn: names, sizes, mirrors, addresses."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "portal").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base"}
# Rows and errors are covered by the tests of the services that use them; a package file holds its docstring only.
WITHOUT_A_MIRROR = {"__init__", "models", "forms", "errors"}
# The invented words of the demonstration are read by the one test that tells its whole year.
STORY = ("cast", "drafts", "words", "mentions", "suggestions", "rooms", "talk", "pictures", "visits", "commands")
ONE_STORY = {Path("demo") / f"{name}.py" for name in STORY}
FOUNDATION = {
    "database", "access", "jobs", "mail", "http", "errors", "config", "audit", "search", "storage", "clock", "text",
}  # fmt: skip


def test_no_file_outgrows_its_room():
    def lines(path: Path) -> int:
        return len(path.read_text("utf-8").splitlines())

    assert [path.name for path in SOURCES if lines(path) > 300] == []
    assert [path.name for path in TESTS if lines(path) > 400] == []


def test_every_name_says_something():
    assert [path for path in SOURCES if path.stem in EMPTY_WORDS or path.parent.name in EMPTY_WORDS] == []


def test_views_say_a_refusal_in_one_way():
    def by_hand(path: Path) -> bool:
        is_view = "views" in path.parts or path.stem == "views"
        return is_view and bool(re.search(r"flash\(str\(|form_errors\.append\(", path.read_text("utf-8")))

    assert [path for path in SOURCES if by_hand(path)] == []


def test_the_foundation_is_a_closed_list():
    found = {path.stem for path in (ROOT / "portal" / "foundation").iterdir()} - {"__init__", "__pycache__"}

    assert found <= FOUNDATION


def test_every_module_says_what_it_is_for():
    bare = [path for path in SOURCES if not path.read_text("utf-8").lstrip().startswith('"""')]

    assert bare == []


def test_every_part_of_a_stage_has_its_test_in_the_mirror():
    missing = []
    for path in SOURCES:
        inside = path.relative_to(ROOT / "portal")
        if len(inside.parts) == 1 or WITHOUT_A_MIRROR & {path.stem, path.parent.name} or inside in ONE_STORY:
            continue
        # A part that became a folder is tested as a folder or as the file it once was.
        mirror = ROOT / "tests" / inside.parent
        candidates = [mirror / f"test_{path.stem}.py", mirror.parent / f"test_{inside.parent.name}.py"]
        if len(inside.parts) > 2:
            candidates.append(ROOT / "tests" / inside.parts[0] / f"test_{inside.parts[1]}.py")
            candidates += sorted((ROOT / "tests" / inside.parts[0] / inside.parts[1]).glob("test_*.py"))
        if not any(candidate.exists() for candidate in candidates):
            missing.append(str(inside))

    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_addresses_are_in_kebab_case_with_typed_parameters(app):
    plain = re.compile(r"^(/|(/([a-z0-9]+(-[a-z0-9]+)*|<[^>]+>))+(\.[a-z]+)?)$")
    parameter = re.compile(r"^(int:[a-z_]+_id|(string:)?(token|secret|channel)|path:[a-z_]+)$")

    for rule in app.url_map.iter_rules():
        assert plain.match(rule.rule), rule.rule
        for found in re.findall(r"<([^>]+)>", rule.rule):
            assert parameter.match(found), rule.rule


def test_nothing_reads_the_clock_behind_our_back():
    plain = [
        path for path in SOURCES if re.search(r"datetime\.(utcnow|now)\(\)|date\.today\(\)", path.read_text("utf-8"))
    ]

    assert plain == []


def test_an_alias_that_a_module_keeps_is_one_that_threads_may_share():
    """The reason stands at `shared_alias`."""

    def keeps(path: Path) -> bool:
        return bool(re.search(r"^[^\s#].*\baliased\(|^ {4}aliased\(.* for ", path.read_text("utf-8"), re.MULTILINE))

    assert [path for path in SOURCES if keeps(path)] == []


def test_dates_and_times_are_said_in_one_place():
    said = re.compile(r"format_(?:date|datetime|time|timedelta|interval|skeleton)\(|strftime\([^)]*%[aAbBcpxX]")
    elsewhere = [path.relative_to(ROOT).as_posix() for path in SOURCES if said.search(path.read_text("utf-8"))]

    assert elsewhere == ["portal/foundation/text.py"]


def test_no_template_styles_or_scripts_inline():
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "mail" not in path.parts]
    found = [
        path
        for path in pages
        if re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", path.read_text("utf-8"))
    ]

    assert found == []


def test_every_word_in_a_template_can_be_translated():
    bare = re.compile(r">\s*([A-Z][a-z]+(?: [a-z]+)+)\s*<")
    found = {
        str(path.relative_to(ROOT)): bare.findall(re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL))
        for path in (ROOT / "templates").rglob("*.html")
    }

    assert {path: words for path, words in found.items() if words} == {}


def test_no_sentence_of_a_mail_runs_into_the_next():
    # The end of a line after a block is trimmed there, so that two sentences would stand without a space.
    glued = re.compile(r"\}\}(?:\{% end\w+ %\})+\n[ \t]*\{\{ (?:_|ngettext)\(")
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if "mail" in path.parts and glued.search(path.read_text("utf-8"))
    ]

    assert found == []

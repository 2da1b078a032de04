"""Reading real exports: what is guessed, what has to be said, and how fast. Needs HEARD_DATA, a folder of sets."""

import os
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from portal.listening.drafts import MentionDraft
from portal.listening.files.layout import plan
from portal.listening.files.reader import read_rows, sample
from portal.listening.files.rows import RowProblem, prepare
from portal.listening.files.times import ZoneNeeded

FOLDER = os.environ.get("HEARD_DATA")
pytestmark = pytest.mark.skipif(not FOLDER, reason="HEARD_DATA names no folder of data sets")

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FORUM = {
    "sets": ["channel=discourse", "origin_host=discourse.urho3d.io"],
    "maps": [
        "external_id={topic_id}/{post_number}",
        "parent_id={topic_id}/{reply_to_post_number}",
        "url=https://discourse.urho3d.io/t/{topic_id}/{post_number}",
    ],
}
# File, what a person has to say, the zone, rows, rows that are bad.
SETS = [
    ("airline-tweets/tweets.csv", {}, None, 8901, 0),
    ("stocktwits-eth/messages.csv", {"sets": ["channel=stocktwits"]}, None, 7235, 0),
    ("urho3d-forum/posts-2014-2015.csv.gz", FORUM, None, 9430, 0),
    ("urho3d-forum/posts-2016-2017.csv.gz", FORUM, None, 11840, 0),
    ("urho3d-forum/posts-2018-2019.csv.gz", FORUM, None, 8469, 0),
    ("urho3d-forum/posts-2020-2022.csv.gz", FORUM, None, 7251, 0),
    ("brand-tweets-year/hsbc.csv", {}, None, 7241, 0),
    ("brand-tweets-year/microsoft.csv", {}, None, 7204, 0),
    ("brand-tweets-pfizer/tweets.csv", {}, "UTC", 3942, 0),
    ("customer-support-tweets/twcs.csv", {}, None, 2977, 0),
    ("app-reviews-ko/reviews.csv", {}, "Asia/Seoul", 664, 0),
    ("export-formats/fider/more-posts.csv", {}, None, 3, 0),
    ("export-formats/canny/posts.json", {"sets": ["author_handle=unknown"]}, None, 100, 0),
]


@pytest.mark.parametrize(("name", "said", "zone", "count", "bad"), SETS, ids=[row[0] for row in SETS])
def test_a_real_export_goes_in(name, said, zone, count, bad, capsys):
    path = Path(FOLDER or "") / name
    first = sample(path, 200)
    layout = plan(first.columns, **said)
    if zone:
        with pytest.raises(ZoneNeeded):
            prepare(layout, first.rows, now=NOW)
    reader = prepare(layout, first.rows, zone=ZoneInfo(zone) if zone else None, now=NOW)

    begun = time.process_time()
    outcomes = [reader.read(line, cells) for line, cells in read_rows(path)]
    spent = time.process_time() - begun

    problems = Counter(outcome.reason for outcome in outcomes if isinstance(outcome, RowProblem))
    drafts = [outcome for outcome in outcomes if isinstance(outcome, MentionDraft)]
    with capsys.disabled():
        kinds = dict(Counter(draft.kind for draft in drafts).most_common())
        print(f"\n{name}: {len(drafts)} good {kinds}, bad {dict(problems)}, {len(outcomes) / spent:,.0f} rows/s")  # noqa: T201
        print(f"  {layout.format.name}: {dict(layout.mapping)} {dict(layout.constants)}")  # noqa: T201
    assert len(outcomes) == count
    assert sum(problems.values()) == bad

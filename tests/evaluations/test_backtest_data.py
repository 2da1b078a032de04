"""The score against its baselines on real data, with one set of weights. Needs HEARD_DATA, a folder of sets."""

import functools
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.listening.services.imports import ImportOptions
from portal.makers.scoring.backtest import Truth
from portal.makers.scoring.baselines import Ranking
from portal.makers.services.backtesting import Question
from portal.makers.services.backtesting.files import backtest_heard
from portal.makers.services.backtesting.heard import Told, read_files

FOLDER = os.environ.get("HEARD_DATA")
pytestmark = pytest.mark.skipif(not FOLDER, reason="HEARD_DATA names no folder of data sets")

FORUM = ImportOptions(
    sets=("channel=discourse", "origin_host=discourse.urho3d.io"),
    maps=(
        "external_id={topic_id}/{post_number}",
        "parent_id={topic_id}/{reply_to_post_number}",
        "url=https://discourse.urho3d.io/t/{topic_id}/{post_number}",
    ),
)
STOCKS = ImportOptions(sets=("channel=stocktwits",))
STOCK_FILE, MICROSOFT, HSBC = (
    "stocktwits-eth/messages.csv",
    "brand-tweets-year/microsoft.csv",
    "brand-tweets-year/hsbc.csv",
)
URHO = tuple(f"urho3d-forum/posts-{years}.csv.gz" for years in ("2014-2015", "2016-2017", "2018-2019", "2020-2022"))
# Name, files, options, date, days, truth, language; then the least P@50, which no baseline of the same run has but on
# StockTwits, and what the AUC has to be above: the best baseline's.
ROWS = [
    ("stocktwits", (STOCK_FILE,), STOCKS, (2022, 7, 15), 10, Truth.LABEL, "", 0.90, 0.8125),
    ("microsoft", (MICROSOFT,), ImportOptions(), (2021, 4, 1), 100, Truth.POSITIVE, "en", 0.30, 0.793),
    ("hsbc", (HSBC,), ImportOptions(), (2021, 4, 1), 100, Truth.POSITIVE, "en", 0.20, 0.795),
    ("urho 2018", URHO, FORUM, (2018, 1, 1), 365, Truth.POSITIVE, "", 0.80, 0.898),
    ("urho 2018 liked", URHO, FORUM, (2018, 1, 1), 365, Truth.LIKED, "", 0.76, 0.914),
    ("urho 2020", URHO, FORUM, (2020, 1, 1), 365, Truth.POSITIVE, "", 0.80, 0.927),
    ("urho 2020 liked", URHO, FORUM, (2020, 1, 1), 365, Truth.LIKED, "", 0.78, 0.951),
]


@functools.cache
def told(files: tuple[str, ...], options: ImportOptions, truth: Truth, language: str) -> Told:
    """A set read once; the likes are in it whatever is looked for."""
    until = max(datetime(*row[3], tzinfo=UTC) for row in ROWS if row[1] == files)
    paths = [Path(FOLDER or "") / file for file in files]
    return read_files(paths, options, truth=truth, until=until, language=language)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_score_beats_the_best_baseline(row, capsys):
    name, files, options, day, days, truth, language, at_50, auc = row
    asked = Question(until=datetime(*day, tzinfo=UTC), horizon=days, truth=truth, language=language)

    found = backtest_heard(told(files, options, truth if truth is Truth.LABEL else Truth.POSITIVE, language), asked)

    assert found.result
    ours = found.result.ours
    assert ours.auc
    rest = [one for one in found.result.figures if one.ranking is not Ranking.SCORE]
    with capsys.disabled():
        others = ", ".join(f"{one.ranking} {one.at_50.value:.2f} {one.auc.value if one.auc else 0:.3f}" for one in rest)
        print(f"\n{name}: ours {ours.at_50.value:.2f} {ours.auc.value:.3f}; {others}")  # noqa: T201
    assert ours.at_50.value >= at_50
    assert ours.auc.value > auc
    count = next(one for one in rest if one.ranking is Ranking.COUNT)
    assert count.gain
    assert ours.auc.value > (count.auc.value if count.auc else 0)

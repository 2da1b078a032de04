"""The score against its baselines on real data, with one set of weights. Needs HEARD_DATA, a folder of sets."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.listening.services.imports import ImportOptions
from portal.makers.scoring.backtest import Truth
from portal.makers.scoring.baselines import Ranking
from portal.makers.services.backtesting import Question, backtest_file

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
YEARS = [f"urho3d-forum/posts-{years}.csv.gz" for years in ("2014-2015", "2016-2017", "2018-2019", "2020-2022")]
# Name, files, options, date, days, truth, language; then the best baseline of the published table: P@50 and AUC.
ROWS = [
    ("stocktwits", ["stocktwits-eth/messages.csv"], STOCKS, (2022, 7, 15), 10, Truth.LABEL, "", 0.82, 0.801),
    ("microsoft", ["brand-tweets-year/microsoft.csv"], None, (2021, 4, 1), 100, Truth.POSITIVE, "en", 0.28, 0.738),
    ("hsbc", ["brand-tweets-year/hsbc.csv"], None, (2021, 4, 1), 100, Truth.POSITIVE, "en", 0.12, 0.751),
    ("urho 2018", YEARS[:3], FORUM, (2018, 1, 1), 365, Truth.POSITIVE, "", 0.68, 0.883),
    ("urho 2018 liked", YEARS[:3], FORUM, (2018, 1, 1), 365, Truth.LIKED, "", 0.64, 0.909),
    ("urho 2020", YEARS, FORUM, (2020, 1, 1), 365, Truth.POSITIVE, "", 0.68, 0.913),
    ("urho 2020 liked", YEARS, FORUM, (2020, 1, 1), 365, Truth.LIKED, "", 0.72, 0.936),
]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_score_beats_the_best_baseline(row, capsys):
    name, files, options, day, days, truth, language, at_50, auc = row
    asked = Question(until=datetime(*day, tzinfo=UTC), horizon=days, truth=truth, language=language)

    found = backtest_file([Path(FOLDER or "") / file for file in files], options or ImportOptions(), asked)

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

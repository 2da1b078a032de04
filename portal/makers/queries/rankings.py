"""What the rankings of a backtest are called."""

from portal.foundation.text import gettext as _
from portal.makers.scoring.baselines import Ranking


def ranking_names() -> dict[Ranking, str]:
    """The score and the baselines, in words."""
    return {
        Ranking.SCORE: _("our score"),
        Ranking.COUNT: _("mention count"),
        Ranking.FOLLOWERS: _("follower count"),
        Ranking.RECENT: _("recency × frequency"),
        Ranking.WARM_RECENT: _("positive × recent"),
        Ranking.CROWD: _("crowd.dev's formula"),
    }

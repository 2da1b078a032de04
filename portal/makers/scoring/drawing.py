"""Precision against k as a drawing of its own, that any browser opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from math import log

from portal.makers.scoring.backtest import Result
from portal.makers.scoring.baselines import Ranking

WIDTH, HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 200, 48, 52
# Told apart without colour too: each has its own dashes.
_LOOKS = {
    Ranking.SCORE: ("#9c3d1f", "", 3.5),
    Ranking.COUNT: ("#2f5d8a", "7 4", 2),
    Ranking.RECENT: ("#3c7a4a", "2 4", 2),
    Ranking.WARM_RECENT: ("#7a4a8c", "10 3 2 3", 2),
    Ranking.CROWD: ("#6b6b6b", "4 2", 2),
    Ranking.FOLLOWERS: ("#a08020", "1 3", 2),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One ranking as points of a drawing; `end` is where its name goes."""

    ranking: Ranking
    points: str
    end: tuple[float, float]


def lines_of(result: Result, *, width: float, height: float) -> tuple[list[Line], list[tuple[float, int]], float]:
    """The curves in a box of this size, the places of k below it, and the precision at its top."""
    ks = sorted(result.figures[0].curve) if result.figures else []
    highest = max((value for one in result.figures for value in one.curve.values()), default=0.0)
    top = min(1.0, max(0.1, -(-highest * 10 // 1) / 10))
    span = log(ks[-1] / ks[0]) if len(ks) > 1 else 1.0
    places = {k: round(log(k / ks[0]) / span * width, 1) for k in ks}
    lines = []
    for one in result.figures:
        marks = [(places[k], round((1 - one.curve[k] / top) * height, 1)) for k in ks]
        if marks:
            lines.append(Line(one.ranking, " ".join(f"{x},{y}" for x, y in marks), marks[-1]))
    return lines, [(places[k], k) for k in ks], top


def drawing(result: Result, *, title: str, names: Mapping[Ranking, str], axes: tuple[str, str]) -> str:
    """The plot as an SVG document, the same for the same result.

    Args:
        result: what was measured.
        title: what it shows; `names`: of the rankings; `axes`: below and beside.
    """
    width, height = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    lines, places, top = lines_of(result, width=width, height=height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-size="12">',
        "<style>text { font-family: sans-serif }</style>",
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="24" font-size="15">{escape(title)}</text>',
        f'<g transform="translate({_LEFT} {_TOP})">',
    ]
    for tenth in range(5):
        y = round(height * tenth / 4, 1)
        share = top * (1 - tenth / 4)
        parts.append(f'<path d="M0 {y}H{width}" stroke="#ddd"/>')
        parts.append(f'<text x="-8" y="{y + 4}" text-anchor="end">{share * 100:.0f} %</text>')
    base = round((1 - min(result.base / top, 1)) * height, 1)
    parts.append(f'<path d="M0 {base}H{width}" stroke="#000" stroke-dasharray="1 5"/>')
    parts += [f'<text x="{x}" y="{height + 18}" text-anchor="middle">{k}</text>' for x, k in places]
    parts.append(f'<text x="{width / 2}" y="{height + 40}" text-anchor="middle">{escape(axes[0])}</text>')
    parts.append(f'<text x="0" y="-8" font-size="11" fill="#555">{escape(axes[1])}</text>')
    for number, line in enumerate(lines):
        colour, dashes, thick = _LOOKS[line.ranking]
        look = f'fill="none" stroke="{colour}" stroke-width="{thick}" stroke-dasharray="{dashes}"'
        y = 10 + 22 * number
        parts.append(f'<polyline points="{line.points}" {look}/>')
        parts.append(f'<path d="M{width + 16} {y}h28" {look}/>')
        parts.append(f'<text x="{width + 50}" y="{y + 4}">{escape(names[line.ranking])}</text>')
    parts.append("</g></svg>")
    return "\n".join(parts) + "\n"

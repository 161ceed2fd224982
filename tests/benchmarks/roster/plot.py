"""The gap over time as a picture: a panel per size, a thin line per seed, a thick one for the median."""

import statistics
from collections.abc import Mapping, Sequence
from math import log10

Point = tuple[float, float]  # seconds, gap as a share
WIDTH, HEIGHT, LEFT, TOP, BETWEEN = 300, 220, 64, 40, 76
GAPS = (1.0, 0.1, 0.01, 0.001, 0.0001)
TIMES = (0.1, 1, 10, 60, 180)
SEED, MEDIAN, GRID, TEXT = "#8fb3d9", "#0b5394", "#d9d9d9", "#333333"


def draw(panels: Mapping[str, Sequence[Sequence[Point]]]) -> str:
    """An SVG document. Each panel is named, and has a line of points for each seed."""
    width = LEFT + len(panels) * (WIDTH + BETWEEN)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{TOP + HEIGHT + 48}" '
        f'font-family="sans-serif" font-size="12" fill="{TEXT}">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for i, (name, lines) in enumerate(panels.items()):
        parts += _panel(name, lines, LEFT + i * (WIDTH + BETWEEN))
    return "\n".join([*parts, "</svg>\n"])


def _panel(name: str, lines: Sequence[Sequence[Point]], left: float) -> list[str]:
    bottom = TOP + HEIGHT
    parts = [f'<text x="{left}" y="{TOP - 16}" font-weight="bold">{name}: value gap over time</text>']
    for gap in GAPS:
        y = _y(gap)
        parts.append(f'<line x1="{left}" x2="{left + WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{100 * gap:g} %</text>')
    for time in TIMES:
        x = left + _x(time)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}" stroke="{GRID}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{time:g} s</text>')
    for line in lines:
        parts.append(_line(line, left, SEED, 1))
    parts.append(_line(_median(lines), left, MEDIAN, 2.5))
    return parts


def _line(points: Sequence[Point], left: float, color: str, width: float) -> str:
    corners = [(f"{left + _x(time):.1f}", f"{_y(gap):.1f}") for time, gap in points]
    line = " ".join(f"{x},{y}" for x, y in corners)
    parts = [f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="{width}"/>']
    # the end is marked: a problem that is proven at once has nothing else
    parts += [f'<circle cx="{x}" cy="{y}" r="{width + 1}" fill="{color}"/>' for x, y in corners[-1:]]
    return "".join(parts)


def _median(lines: Sequence[Sequence[Point]]) -> list[Point]:
    """Where every line has begun; each counts with its latest value."""
    known = [line for line in lines if line]
    if not known:
        return []
    times = sorted({time for line in known for time, _ in line})
    first = max(line[0][0] for line in known)
    return [(t, statistics.median(_at(line, t) for line in known)) for t in times if t >= first]


def _at(line: Sequence[Point], time: float) -> float:
    return [gap for when, gap in line if when <= time][-1]


def _x(time: float) -> float:
    low, high = log10(TIMES[0]), log10(TIMES[-1])
    return WIDTH * (log10(min(max(time, TIMES[0]), TIMES[-1])) - low) / (high - low)


def _y(gap: float) -> float:
    low, high = log10(GAPS[-1]), log10(GAPS[0])
    return TOP + HEIGHT * (high - log10(min(max(gap, GAPS[-1]), GAPS[0]))) / (high - low)

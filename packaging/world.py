"""Makes resources/world.json, the shapes of the map, from Natural Earth's countries at 1:110 million.

    .venv/bin/python packaging/world.py COUNTRIES-110M.JSON

COUNTRIES-110M.JSON: Natural Earth's countries as TopoJSON with ISO 3166-1 numeric ids, as "World Atlas" (version
2.0.2, ISC licence) packs them. Natural Earth is in the public domain.

Its borders show who is in control. Advice is given by ISO 3166, so what ISO counts to a country is drawn with it:
Crimea with Ukraine (ISO 3166-2 UA-43), Somaliland with Somalia, Northern Cyprus with Cyprus. What ISO gives a code of
its own stands alone: French Guiana, Svalbard. Western Sahara is drawn as far as Morocco does not hold it. None of this
takes a side in what is disputed.

What 1:110 million leaves out gets a spot at its capital, or in its middle where it has none.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable
from pathlib import Path

from babel.core import get_global

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "world.json"
WIDTH = 4000
# The map is cut where it cuts no land: in the Bering Strait.
MIDDLE, SEAM = 11.6, -168.4
ABOUT = (
    "Made with Natural Earth: countries at 1:110 million, in the public domain, by packaging/world.py, which says what "
    "was done to them.",
    "size: width and height. arcs: borders and coasts in the Equal Earth projection around 11.6 degrees east, y "
    "downwards: the first point, then steps.",
    "countries: by ISO 3166-1 alpha-2 code (XK: Kosovo) their rings, each the numbers of its arcs; ~n is n backwards.",
    "spots: x, y, and the radius of about the largest circle there within the country; 0 where it has no shape.",
)
NAMED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
# Parts of a polygon's country that ISO counts elsewhere: between these degrees west, east, south, north.
ELSEWHERE = {
    ("FR", "GF"): (-56, -51, 1, 7),
    ("NO", "SJ"): (9, 34, 74, 82),
    ("RU", "UA"): (32, 37, 44, 47),
}
# Degrees north and east.
SPOTS = {
    "AD": (42.5, 1.5), "AG": (17.1, -61.8), "AI": (18.2, -63.1), "AS": (-14.3, -170.7), "AW": (12.5, -70.0),
    "AX": (60.1, 19.9), "BB": (13.1, -59.6), "BH": (26.2, 50.6), "BL": (17.9, -62.85), "BM": (32.3, -64.8),
    "BQ": (12.15, -68.3), "BV": (-54.4, 3.4), "CC": (-12.2, 96.8), "CK": (-21.2, -159.8), "CV": (14.9, -23.5),
    "CW": (12.1, -68.9), "CX": (-10.5, 105.7), "DM": (15.3, -61.4), "FM": (6.9, 158.2), "FO": (62.0, -6.8),
    "GD": (12.1, -61.7), "GG": (49.45, -2.6), "GI": (36.1, -5.35), "GP": (16.0, -61.7), "GS": (-54.3, -36.5),
    "GU": (13.5, 144.8), "HK": (22.3, 114.2), "HM": (-53.1, 73.5), "IM": (54.15, -4.5), "IO": (-7.3, 72.4),
    "JE": (49.2, -2.1), "KI": (1.3, 173.0), "KM": (-11.7, 43.3), "KN": (17.3, -62.7), "KY": (19.3, -81.4),
    "LC": (14.0, -61.0), "LI": (47.1, 9.5), "MC": (43.7, 7.4), "MF": (18.1, -63.1), "MH": (7.1, 171.4),
    "MO": (22.2, 113.5), "MP": (15.2, 145.7), "MQ": (14.6, -61.1), "MS": (16.75, -62.2), "MT": (35.9, 14.5),
    "MU": (-20.2, 57.5), "MV": (4.2, 73.5), "NF": (-29.05, 167.95), "NR": (-0.5, 166.9), "NU": (-19.05, -169.9),
    "PF": (-17.5, -149.6), "PM": (46.8, -56.2), "PN": (-25.1, -130.1), "PW": (7.5, 134.6), "RE": (-20.9, 55.45),
    "SC": (-4.6, 55.45), "SG": (1.3, 103.8), "SH": (-15.9, -5.7), "SM": (43.9, 12.45), "ST": (0.3, 6.7),
    "SX": (18.0, -63.05), "TC": (21.5, -71.1), "TK": (-9.2, -171.8), "TO": (-21.1, -175.2), "TV": (-8.5, 179.2),
    "UM": (19.3, 166.6), "VA": (41.9, 12.45), "VC": (13.2, -61.2), "VG": (18.4, -64.6), "VI": (18.3, -64.9),
    "WF": (-13.3, -176.2), "WS": (-13.8, -171.8), "YT": (-12.8, 45.2),
}  # fmt: skip

Point = tuple[float, float]


def project(lon: float, lat: float) -> Point:
    """Equal Earth (Savric, Patterson, Jenny 2018) around the middle meridian, y upwards; degrees in, radii out."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    across = math.radians(lon - MIDDLE) * math.cos(theta) * 2 * math.sqrt(3) / 3
    return (
        across / (9 * a4 * theta**8 + 7 * a3 * theta**6 + 3 * a2 * theta**2 + a1),
        a4 * theta**9 + a3 * theta**7 + a2 * theta**3 + a1 * theta,
    )


def east_of_seam(lon: float) -> float:
    """The same meridian, counted from the seam on."""
    return lon + 360 if lon < SEAM else lon


def place(lon: float, lat: float) -> tuple[int, int]:
    """Where degrees lie on the map."""
    x, y = project(east_of_seam(lon), lat)
    return round((x + _EDGE) * _SCALE), round((_TOP - y) * _SCALE)


_EDGE, _TOP = project(MIDDLE + 180, 0)[0], project(MIDDLE, 90)[1]
_SCALE = WIDTH / _EDGE / 2
HEIGHT = round(2 * _TOP * _SCALE)


class Atlas:
    """The countries of a TopoJSON file, by code: rings of arcs, in degrees."""

    def __init__(self, held: dict[str, object]) -> None:
        transform, objects, arcs = held["transform"], held["objects"], held["arcs"]
        assert isinstance(transform, dict) and isinstance(objects, dict) and isinstance(arcs, list)
        (x_scale, y_scale), (left, bottom) = transform["scale"], transform["translate"]
        self.arcs: list[list[Point]] = []
        for arc in arcs:
            x = y = 0
            points = []
            for step_x, step_y in arc:
                x, y = x + step_x, y + step_y
                points.append((x * x_scale + left, y * y_scale + bottom))
            self.arcs.append(points)
        self.parts: dict[str, list[list[int]]] = {}
        for shape in objects["countries"]["geometries"]:
            code = NAMED.get(shape["properties"]["name"]) or get_global("territory_aliases")[shape["id"]][0]
            for polygon in [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]:
                self.parts.setdefault(self._whose(code, polygon), []).extend(polygon)
        self._close_antarctica()

    def ring(self, numbers: Iterable[int]) -> list[Point]:
        """The points of a ring, without the first one again at the end."""
        points: list[Point] = []
        for number in numbers:
            points += (self.arcs[number] if number >= 0 else self.arcs[~number][::-1])[:-1]
        return points

    def _whose(self, code: str, polygon: list[list[int]]) -> str:
        points = self.ring(polygon[0])
        for (drawn, meant), (west, east, south, north) in ELSEWHERE.items():
            if drawn == code and all(west <= lon <= east and south <= lat <= north for lon, lat in points):
                return meant
        return code

    def _close_antarctica(self) -> None:
        """It goes round the pole: cut it at the seam, and lead it down there and along the lower edge."""
        rings = self.parts["AQ"]
        main = max(rings, key=lambda ring: len(self.ring(ring)))
        points = [(east_of_seam(lon), lat) for lon, lat in self.ring(main)]
        at = points.index(min(points))
        coast = points[at:] + points[:at]
        if coast[1][0] - coast[0][0] > 180:  # it was drawn from east to west
            coast = [coast[0], *coast[:0:-1]]
        south = [coast[0][1] - step * (coast[0][1] + 90) / 8 for step in range(9)]
        west, east = SEAM + 0.001, SEAM + 360
        closed = [*((west, lat) for lat in reversed(south)), *coast, *((east, lat) for lat in south)]
        self.arcs.append([*closed, closed[0]])
        rings[rings.index(main)] = [len(self.arcs) - 1]

    def outlines(self, code: str) -> list[list[int]]:
        """The rings of a country without what lies between two parts of it."""
        used = [number for ring in self.parts[code] for number in ring]
        free = [number for number in used if ~number not in used]
        rings = []
        while free:
            ring = [free.pop(0)]
            while self._end(ring[-1]) != self._end(~ring[0]):
                after = next(number for number in free if self._end(~number) == self._end(ring[-1]))
                free.remove(after)
                ring.append(after)
            rings.append(ring)
        return rings

    def _end(self, number: int) -> Point:
        return self.arcs[number][-1] if number >= 0 else self.arcs[~number][0]


def area(ring: list[Point]) -> float:
    """Twice the area of a ring."""
    return abs(sum(x * b - a * y for (x, y), (a, b) in zip(ring, [*ring[1:], ring[0]], strict=True)))


def room(ring: list[Point], x: float, y: float) -> float:
    """How far a point is from the edge of a ring; less than nothing where it lies outside."""
    inside, least = False, math.inf
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        length = (bx - ax) ** 2 + (by - ay) ** 2
        along = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
        least = min(least, math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y))
    return least if inside else -least


def widest(ring: list[Point]) -> tuple[int, int, int]:
    """The middle and the radius of about the largest circle in a ring."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    step = max(max(xs) - min(xs), max(ys) - min(ys)) / 24
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    across, down = int((max(xs) - min(xs)) / step) + 1, int((max(ys) - min(ys)) / step) + 1
    grid = [(min(xs) + (n + 0.5) * step, min(ys) + (m + 0.5) * step) for n in range(across) for m in range(down)]
    x, y = max([(x, y), *grid], key=lambda spot: room(ring, *spot))
    while step > 0.5:
        near = [(x + n * step / 2, y + m * step / 2) for n in (-1, 0, 1) for m in (-1, 0, 1)]
        x, y = max(near, key=lambda spot: room(ring, *spot))
        step /= 2
    return round(x), round(y), max(0, int(room(ring, round(x), round(y))))


def steps(points: list[tuple[int, int]]) -> list[int]:
    """The first point, then from each to the next, those that stay where they are left out."""
    made, (x, y) = list(points[0]), points[0]
    for a, b in points[1:]:
        if (a, b) != (x, y):
            made += [a - x, b - y]
            x, y = a, b
    return made


def main(arguments: list[str]) -> int:
    """Takes the file; gives the exit status."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    atlas = Atlas(json.loads(Path(arguments[0]).read_bytes()))
    outlines = {code: atlas.outlines(code) for code in sorted(atlas.parts)}
    used = sorted({max(number, ~number) for rings in outlines.values() for ring in rings for number in ring})
    number_of = {number: place for place, number in enumerate(used)}
    spots = {code: (*place(east, north), 0) for code, (north, east) in SPOTS.items()}
    for code, rings in outlines.items():
        shapes = [[place(*point) for point in atlas.ring(ring)] for ring in rings]
        spots[code] = widest([(float(x), float(y)) for x, y in max(shapes, key=lambda one: area([*one]))])
    known = set(json.loads((ROOT / "resources" / "places.json").read_bytes())["countries"])
    if known != set(spots):
        print(f"no place, or none of ours: {sorted(known ^ set(spots))}", file=sys.stderr)
        return 1
    world = {
        "about": ABOUT,
        "size": (WIDTH, HEIGHT),
        "arcs": [steps([place(*point) for point in atlas.arcs[number]]) for number in used],
        "countries": {
            code: [[number_of[n] if n >= 0 else ~number_of[~n] for n in ring] for ring in rings]
            for code, rings in outlines.items()
        },
        "spots": dict(sorted(spots.items())),
    }
    text = json.dumps(world, separators=(",", ":"))
    for name in ("about", "size", "arcs", "countries", "spots"):
        text = text.replace(f'"{name}":', f'\n"{name}":')
    TARGET.write_text(text.replace("]],", "]],\n") + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1000} kB, {len(outlines)} shapes, {len(spots)} spots")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

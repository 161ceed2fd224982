"""Photos that nobody took: a room with shelves, people seen from behind. Drawn, the same again for the same number."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

SIZE = (1200, 900)
WALLS = ("#f3e3c7", "#dfe9e0", "#e8e0ee", "#f6ddcf")
CLOTHES = ("#c8501e", "#23693f", "#3f6ea5", "#b0862c", "#7d4e8a", "#5b6b73")
HAIR = ("#2b211c", "#3a2b22", "#4a3a30")
SPINES = ("#b02a20", "#805200", "#23693f", "#31587f", "#6b4a7a", "#c98a3a")


def draw_photo(number: int) -> bytes:
    """A JPEG."""
    random = Random(number)
    picture = Image.new("RGB", SIZE, random.choice(WALLS))
    pen = ImageDraw.Draw(picture)
    width, height = SIZE
    pen.rectangle((0, height * 0.62, width, height), fill="#c9a77c")
    for shelf in range(2):
        _shelf(pen, random, 90 + shelf * 560, 90)
    pen.ellipse((width * 0.2, height * 0.6, width * 0.8, height * 0.86), fill="#8a5f3b")
    for place in range(random.randint(3, 6)):
        _person(pen, random, 130 + place * 190 + random.randint(-30, 30), random.randint(520, 640))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _shelf(pen: ImageDraw.ImageDraw, random: Random, left: int, top: int) -> None:
    pen.rectangle((left, top, left + 460, top + 340), fill="#7a5433")
    for row in range(2):
        base, x = top + 155 + row * 165, left + 20
        while x < left + 420:
            thick, high = random.randint(14, 34), random.randint(90, 130)
            pen.rectangle((x, base - high, x + thick, base), fill=random.choice(SPINES))
            x += thick + 4


def _person(pen: ImageDraw.ImageDraw, random: Random, x: int, y: int) -> None:
    pen.rounded_rectangle((x - 85, y + 60, x + 85, y + 400), radius=70, fill=random.choice(CLOTHES))
    pen.ellipse((x - 62, y - 62, x + 62, y + 72), fill=random.choice(HAIR))

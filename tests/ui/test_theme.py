"""The page's looks fetch nothing, and its colours can be read in light and in dark."""

from __future__ import annotations

import re
import urllib.request

import pytest

from tests.ui.fakes import FakeEngine
from ui import theme
from ui.app import running

ASSETS = tuple(theme.favicon().parent.iterdir())


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palettes() -> list[dict[str, str]]:
    css = theme.asset("page.css")
    blocks = [css.partition(start)[2].partition("}")[0] for start in (":root {", "body.dark {")]
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in blocks]


@pytest.mark.parametrize("name", sorted(each.name for each in ASSETS if each.suffix != ".svg"))
def test_nothing_is_fetched(name: str) -> None:
    assert not re.search(r"https?:|//[a-z]|@import|url\(|fetch\((?!form\.action,)|import\(|XMLHttp", theme.asset(name))


def test_gradio_is_given_no_font_to_fetch() -> None:
    with running(FakeEngine(), port=0) as address, urllib.request.urlopen(f"{address}/theme.css") as answer:
        css = answer.read().decode()
    assert "--body-text-color:" in css
    assert not re.search(r"@font-face|@import|url\((?!['\"]?data:)", css)


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_text_stands_out_from_its_ground(palette: dict[str, str]) -> None:
    for ground in ("paper", "sheet", "wash"):
        assert contrast(palette["ink"], palette[ground]) >= 7
        assert contrast(palette["faded"], palette[ground]) >= 4.5
        assert contrast(palette["accent"], palette[ground]) >= 4.5
    assert contrast(palette["on-highlight"], palette["highlight"]) >= 7


def test_both_palettes_name_the_same_colours() -> None:
    light, dark = palettes()
    assert light.keys() == dark.keys()


def test_the_theme_and_the_style_sheet_agree() -> None:
    light, dark = palettes()
    assert [light[name] for name in ("paper", "ink", "accent")] == [theme.PAPER, theme.INK, theme.ACCENT]
    in_dark = [theme.PAPER_DARK, theme.INK_DARK, theme.ACCENT_DARK]
    assert [dark[name] for name in ("paper", "ink", "accent")] == in_dark


def test_the_icon_is_there() -> None:
    assert theme.favicon().read_text("utf-8").startswith("<svg")

"""How the page looks: system fonts only, a palette for light and one for dark, and our own style sheet.

Gradio's own components are coloured through its theme; everything of ours is styled by assets/page.css.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import gradio as gr

SANS = (
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Helvetica Neue",
    "Liberation Sans",
    "Arial",
    "sans-serif",
)
STYLES = ("page.css", "reader.css", "desk.css")
MONO = ("ui-monospace", "SF Mono", "Cascadia Mono", "Consolas", "Liberation Mono", "monospace")

PAPER, PAPER_DARK = "#faf8f3", "#171613"
INK, INK_DARK = "#1c1a17", "#ece7dc"
FADED, FADED_DARK = "#5c564c", "#aca492"
RULE, RULE_DARK = "#d9d2c3", "#3b372f"
SHEET, SHEET_DARK = "#ffffff", "#211f1b"
ACCENT, ACCENT_DARK = "#8a1c1c", "#f0a69a"

_BOTH = {
    "body_background_fill": (PAPER, PAPER_DARK),
    "background_fill_primary": (SHEET, SHEET_DARK),
    "background_fill_secondary": (PAPER, PAPER_DARK),
    "body_text_color": (INK, INK_DARK),
    "body_text_color_subdued": (FADED, FADED_DARK),
    "border_color_primary": (RULE, RULE_DARK),
    "block_background_fill": ("transparent", "transparent"),
    "input_background_fill": (SHEET, SHEET_DARK),
    "input_border_color": (FADED, FADED_DARK),
    "input_border_color_focus": (ACCENT, ACCENT_DARK),
    "input_placeholder_color": (FADED, FADED_DARK),
    "checkbox_background_color_selected": (ACCENT, ACCENT_DARK),
    "checkbox_border_color": (FADED, FADED_DARK),
    "checkbox_border_color_selected": (ACCENT, ACCENT_DARK),
    "slider_color": (ACCENT, ACCENT_DARK),
    "block_label_text_color": (FADED, FADED_DARK),
    "block_title_text_color": (FADED, FADED_DARK),
    "button_primary_background_fill": (INK, INK_DARK),
    "button_primary_background_fill_hover": (ACCENT, ACCENT_DARK),
    "button_primary_text_color": (PAPER, PAPER_DARK),
    "button_primary_text_color_hover": (PAPER, PAPER_DARK),
    "button_secondary_background_fill": ("transparent", "transparent"),
    "button_secondary_background_fill_hover": (SHEET, SHEET_DARK),
    "button_secondary_border_color": (RULE, RULE_DARK),
    "button_secondary_text_color": (INK, INK_DARK),
    "button_secondary_text_color_hover": (ACCENT, ACCENT_DARK),
}


def theme() -> gr.themes.Base:
    """Gradio's plain theme in our colours and the reader's own fonts; nothing is fetched for it."""
    base = gr.themes.Base(font=list(SANS), font_mono=list(MONO), radius_size="sm", text_size="lg")
    light = {name: pair[0] for name, pair in _BOTH.items()}
    dark = {f"{name}_dark": pair[1] for name, pair in _BOTH.items()}
    return base.set(**light, **dark)


def head() -> str:
    """What goes into the page's `<head>`: our style sheet, and that no other site is told this address."""
    return (
        '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
        f"<style>{''.join(map(asset, STYLES))}</style>"
    )


def favicon() -> Path:
    """The page's icon, a file."""
    return Path(str(files("ui") / "assets" / "favicon.svg"))


@cache
def asset(name: str) -> str:
    """The text of a file in ui/assets."""
    return (files("ui") / "assets" / name).read_text("utf-8")


def script(*names: str) -> str:
    """The text of scripts in ui/assets as one, for a component to run; what all of them share comes first."""
    return "\n".join(map(asset, ("common.js", *names)))

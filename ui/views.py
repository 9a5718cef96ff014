"""The links between the views of the page: asking, the library, test questions, settings."""

from __future__ import annotations

import gradio as gr

from ui.theme import script

READING = {"ask": "Ask", "library": "Library"}
CHANGING = {"evaluate": "Evaluate", "settings": "Settings"}


def links(changing: bool) -> None:
    """Puts the links where it is called; those to views that need the archive's folder only where it is known."""
    views = {**READING, **(CHANGING if changing else {})}
    items = "".join(f'<a href="#{name}">{text}</a>' for name, text in views.items())
    gr.HTML(
        None,
        html_template=f'<nav aria-label="Views">{items}</nav>',
        js_on_load=script("views.js"),
        elem_id="views",
        apply_default_css=False,
    )

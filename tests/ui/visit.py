"""What a person does and sees on the chat page, in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect


@dataclass
class Visit:
    """One browser tab; `requests` and `errors` are the addresses it asked for and what its code raised."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def box(self) -> Locator:
        """Where questions are typed."""
        return self.page.get_by_role("textbox", name="Your question")

    @property
    def ask_button(self) -> Locator:
        return self.page.get_by_role("button", name="Ask", exact=True)

    @property
    def new_button(self) -> Locator:
        return self.page.get_by_role("button", name="New conversation")

    @property
    def exchanges(self) -> Locator:
        return self.page.locator(".exchange")

    def example(self, text: str) -> Locator:
        return self.page.get_by_role("button", name=text, exact=True)

    def ask(self, question: str) -> Locator:
        """Types a question, sends it with Enter, and gives its exchange once it is complete."""
        number = self.exchanges.count()
        self.box.fill(question)
        self.box.press("Enter")
        return self.answered(number)

    def answered(self, number: int) -> Locator:
        """The exchange at that place, from 0, once it is complete."""
        asked = self.exchanges.nth(number)
        expect(asked).to_have_attribute("aria-busy", "false")
        expect(self.ask_button).to_be_enabled()
        return asked

    def style(self, selector: str, name: str) -> str:
        """A computed style."""
        script = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
        return str(self.page.evaluate(script, [selector, name]))

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

"""Several people in one browser: each sees their own conversations only, and can sign out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.fakes import FakeEngine, grounded
from tests.ui.served import PASSWORD, users_file
from tests.ui.visit import Visit
from ui.app import running
from ui.serving import Serving

pytestmark = pytest.mark.browser

WHY, HOW = "Why is Huawei turning to Europe?", "How did the FCC vote?"
SignIn = Callable[[Page, str], Visit]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    serving = Serving(users=users_file(tmp_path_factory.mktemp("users")), root_path="/archive")
    with running(FakeEngine(otherwise=grounded), port=0, serving=serving) as at:
        yield f"{at}/archive"


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(address: str) -> SignIn:
    def signing_in(page: Page, name: str) -> Visit:
        page.goto(f"{address}/")
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        visit = Visit(page)
        expect(visit.box).to_be_editable()
        return visit

    return signing_in


def sign_out(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Sign out").click()
    expect(visit.page.get_by_label("User name")).to_be_visible()


def test_who_signs_in_next_sees_nothing_of_the_one_before_who_finds_all_again(tab: Page, sign_in: SignIn) -> None:
    ada = sign_in(tab, "ada")
    ada.ask(WHY)
    ada.new_button.click()
    expect(ada.exchanges).to_have_count(0)
    ada.ask(HOW)
    sign_out(ada)
    ben = sign_in(tab, "ben")
    expect(tab.locator(".who")).to_contain_text("ben")
    expect(ben.exchanges).to_have_count(0)
    ben.ask("And in Asia?")
    ben.new_button.click()
    tab.get_by_role("button", name="Earlier conversations").click()
    expect(tab.locator(".earlier .open")).to_have_text(["And in Asia?"])
    sign_out(ben)
    ada = sign_in(tab, "ada")
    expect(ada.exchanges.locator(".question")).to_have_text([HOW])
    tab.get_by_role("button", name="Earlier conversations").click()
    expect(tab.locator(".earlier .open")).to_have_text([HOW, WHY])


def test_a_tab_left_open_goes_when_its_person_does(tab: Page, sign_in: SignIn, address: str) -> None:
    left = sign_in(tab, "ada")
    left.ask(WHY)
    other = Visit(tab.context.new_page())
    other.page.goto(f"{address}/")
    sign_out(other)
    expect(tab.get_by_label("User name")).to_be_visible()
    sign_in(other.page, "ben")
    tab.go_back()
    expect(tab.get_by_text(WHY)).to_have_count(0)


def test_where_nobody_signs_in_nobody_signs_out(opened: Callable[..., Visit]) -> None:
    visit = opened(FakeEngine(otherwise=grounded))
    visit.ask(WHY)
    expect(visit.page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert visit.page.evaluate("Object.keys(localStorage).every((key) => key.startsWith('onrecord::'))")

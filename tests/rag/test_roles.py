"""Two names that changed places about a word, and all that looks like it and is not."""

from __future__ import annotations

import pytest

from rag.roles import Swap, changed_places


@pytest.mark.parametrize(
    ("claim", "source", "word"),
    [
        ("Huawei sued Cisco.", "Cisco sued Huawei in a Texas court.", "sued"),
        ("Huawei is suing Cisco.", "Later cisco had sued huawei for years", "suing"),
        ("On Monday Rosa Field accused Kevin Ho of fraud.", "Kevin Ho accused Rosa Field of fraud.", "accused"),
        ("France has beaten Croatia.", "It was Croatia that had beaten France.", "beaten"),
    ],
)
def test_who_does_it_to_whom_is_kept(claim: str, source: str, word: str) -> None:
    found = changed_places(claim, source)
    assert found is not None
    assert found.between == word


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Cisco sued Huawei.", "Cisco sued Huawei in a Texas court."),
        ("Huawei was sued by Cisco.", "Cisco sued Huawei."),
        ("Cisco sued Huawei.", "Huawei was sued by Cisco."),
        ("Huawei sued Cisco.", "Cisco sued Huawei. Then Huawei sued Cisco."),
        ("Huawei sued Cisco.", "Cisco makes routers. Huawei sued its rival."),
        ("Huawei sued Cisco.", "Cisco was angry and Huawei sued it."),
        ("Huawei sued Huawei.", "Huawei sued Huawei."),
        ("France and Croatia signed.", "Croatia and France signed."),
        ("It rained.", "Cisco sued Huawei."),
        ("", ""),
    ],
)
def test_what_keeps_its_places_or_leaves_them_open_is_no_swap(claim: str, source: str) -> None:
    assert changed_places(claim, source) is None


def test_it_tells_which() -> None:
    assert changed_places("Huawei sued Cisco.", "Cisco sued Huawei.") == Swap("Huawei", "sued", "Cisco")

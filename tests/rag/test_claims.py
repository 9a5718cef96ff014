"""What a sentence claims: numbers by value, names by spelling, negations, who is said to have spoken."""

from __future__ import annotations

import pytest

from rag.attribution import attributed
from rag.names import names, unknown_names
from rag.numbers import numbers
from rag.orders import gives_orders
from rag.polarity import contradicts, negated_stems
from rag.stems import content_stems


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        ("28.1%", "28.1 percent"),
        ("28.1 per cent", "28.1 percent"),
        ("1,340 kilometres", "1340 kilometres"),
        ("$325 million", "325 million dollars"),
        ("$9.6bn", "9.6 billion dollars"),
        ("9.6 billion", "$9.6 billion"),
        ("5-0", "a vote of 5 to 0"),
        ("five", "5"),
        ("twenty-seven minutes", "27 minutes"),
        ("15th", "fifteenth"),
        ("the 1960s", "the 1960s"),
        ("at 7:14", "at 7:14 Eastern"),
        ("10", "10.0"),
        ("$325 million", "325 million"),
    ],
)
def test_the_same_number_in_other_words(claimed: str, source: str) -> None:
    stated = numbers(source)
    assert all(any(one.agrees(other) for other in stated) for one in numbers(claimed, claims=True))
    assert numbers(claimed, claims=True)


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        ("28.2 percent", "28.1 percent"),
        ("5 percent", "a vote of 5 to 0"),
        ("9.6 million", "9.6 billion"),
        ("$20 million", "20 million euros"),
        ("2018", "in 2017"),
        ("7:15", "7:14"),
        ("six", "five"),
        ("15", "1.5"),
        ("19", "1949"),
        ("5", "5G networks"),
    ],
)
def test_another_number(claimed: str, source: str) -> None:
    stated = numbers(source)
    assert not any(one.agrees(other) for one in numbers(claimed, claims=True) for other in stated)


@pytest.mark.parametrize("text", ["one of them", "the first time", "a second look", "the P20 and 5G", "half", "dozens"])
def test_what_is_hardly_a_number_is_not_held_against_a_claim(text: str) -> None:
    assert numbers(text, claims=True) == ()


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Huawei is turning to Europe.", ("Europe",)),
        ("The US Federal Communications Commission voted.", ("US Federal Communications Commission",)),
        ("Trump said so.", ("Trump",)),
        ("Trump's order stands.", ("Trump's",)),
        ("ZTE was cited.", ("ZTE",)),
        ("It's in Osaka.", ("Osaka",)),
        ("He told us about US shops.", ("US",)),
        ("They sell the P20 and 5G gear.", ("P20", "5G")),
        ("According to Dr. Feldhaus, nothing.", ("Feldhaus",)),
        ("U.S. officials left.", ("US",)),
        ("However, Apple agreed.", ("Apple",)),
        ("nothing here at all", ()),
    ],
)
def test_names_in_a_sentence(sentence: str, found: tuple[str, ...]) -> None:
    assert names(sentence) == found


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("FCC", "The Federal Communications Commission voted."),
        ("Federal Communications Commission", "the FCC voted"),
        ("United Nations", "the UN"),
        ("US", "in the United States"),
        ("American", "in the US"),
        ("U.S.", "the US"),
        ("Chinese", "China's Huawei"),
        ("Swedish", "Sweden is waiting"),
        ("Turkish", "Turkey agreed"),
        ("Polish", "Poland agreed"),
        ("French", "France agreed"),
        ("Nigerian", "Nigeria agreed"),
        ("Iraqi", "Iraq agreed"),
        ("Huawei’s", "Huawei's profits"),
        ("HUAWEI", "Huawei"),
    ],
)
def test_a_name_in_another_form_is_known(name: str, source: str) -> None:
    assert unknown_names([name], source) == ()


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Trump", "Huawei is turning to Europe."),
        ("Austria", "Australia agreed"),
        ("Nigerian", "Niger agreed"),
        ("Tim Cook", "Tim Berners-Lee agreed"),
        ("Slovenia", "Slovakia agreed"),
        ("US", "he told us"),
        ("WHO", "who knows"),
        ("Iran", "Iraq"),
        ("North Korea", "South Korea"),
        ("P30", "the P20"),
    ],
)
def test_another_name_is_not(name: str, source: str) -> None:
    assert unknown_names([name], source) == (name,)


@pytest.mark.parametrize(
    ("claim", "source", "differ"),
    [
        ("Huawei will leave Europe.", "Huawei will not leave Europe.", True),
        ("Huawei will not leave Europe.", "Huawei will leave Europe.", True),
        ("Huawei won't leave Europe.", "Huawei will not leave Europe.", False),
        ("There is no evidence of a threat.", "We have not seen evidence of a threat.", False),
        ("There is evidence of a threat.", "There is no evidence of a threat.", True),
        ("Nobody was hurt on the ship.", "The ship was freed, and nobody was hurt.", False),
        ("The ship was freed.", "The ship was freed, and nobody was hurt.", False),
        ("He refused to go.", "He went.", False),
    ],
)
def test_a_not_that_one_of_two_lacks(claim: str, source: str, differ: bool) -> None:
    assert contradicts(claim, content_stems(claim), source, content_stems(source)) is differ


def test_a_negation_ends_with_its_clause() -> None:
    assert negated_stems("It was not the wind, but the moon helped.") == {"wind"}


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Kevin Ho said that Europe comes first.", ("Ho",)),
        ("Kevin Ho, President of the Handset Line, said so.", ("Ho",)),
        ("“Europe comes first,” said Kevin Ho.", ("Ho",)),
        ("According to the Russian minister Sergei Lavrov, no.", ("Lavrov",)),
        ("According to Kevin Ho the US is closed.", ("Ho",)),
        ("“No,” says the company's president, Kevin Ho.", ()),
        ("Jim Xu has warned them.", ("Xu",)),
        ("Jim Xu: we invest.", ("Xu",)),
        ("Jim Xu (VP): we invest.", ("Xu",)),
        ("He said so.", ()),
        ("It said so.", ()),
        ("Officials say it could be used.", ("Officials",)),
        ("The area is large.", ()),
    ],
)
def test_who_is_said_to_have_spoken(sentence: str, who: tuple[str, ...]) -> None:
    assert attributed(sentence) == who


@pytest.mark.parametrize(
    "text",
    [
        "You can't ignore the rules of the market.",
        "Forget the guidelines, said the minister, look at the numbers.",
        "The payment system: is it safe?",
        "He is an assistant to the president.",
        "They gave new instructions to the pilots.",
        "We ask the AI industry for patience.",
        "Please disregard what I said before.",
    ],
)
def test_ordinary_speech_gives_no_orders(text: str) -> None:
    assert not gives_orders(text)

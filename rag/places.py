"""Names of countries, in small letters: one takes the place of another in "what about France?". A table only."""

from __future__ import annotations

COUNTRIES = frozenset(
    """afghanistan albania algeria america andorra angola argentina armenia australia austria azerbaijan bahamas bahrain
    bangladesh barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil britain brunei bulgaria
    burundi cambodia cameroon canada chad chile china colombia croatia cuba cyprus czechia denmark ecuador egypt england
    eritrea estonia eswatini ethiopia fiji finland france gabon gambia germany ghana greece grenada guatemala guinea
    guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan
    kenya kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg
    madagascar malawi malaysia maldives mali malta mauritania mauritius mexico moldova monaco mongolia montenegro
    morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria norway oman pakistan palestine panama
    paraguay peru philippines poland portugal qatar romania russia rwanda samoa scotland senegal serbia singapore
    slovakia slovenia somalia spain sudan suriname sweden switzerland syria taiwan tajikistan tanzania thailand togo
    tonga tunisia turkey türkiye turkmenistan uganda ukraine uruguay uzbekistan vanuatu venezuela vietnam wales yemen
    zambia zimbabwe""".split()
) | {
    "costa rica", "el salvador", "hong kong", "ivory coast", "new zealand", "north korea", "north macedonia",
    "saudi arabia", "sierra leone", "south africa", "south korea", "south sudan", "sri lanka",
    "united arab emirates", "united kingdom", "united states", "uk", "us", "usa",
}  # fmt: skip

"""Words that English writes with capitals wherever they stand. A table only, small on purpose; `casing` uses it.

It has what news is full of and what no common word is spelt like: "Turkey" is here, "Reading" and "Polish" are not.
"""

from __future__ import annotations

_SINGLE = """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July September October November
    December Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays Christmas Easter Thanksgiving Ramadan
    Hanukkah Halloween Olympics Olympic Olympian

    Afghanistan Albania Algeria Andorra Angola Argentina Armenia Australia Austria Azerbaijan Bahamas Bahrain Bangladesh
    Barbados Belarus Belgium Belize Benin Bhutan Bolivia Bosnia Botswana Brazil Britain Brunei Bulgaria Burundi Cambodia
    Cameroon Canada Chad Chile China Colombia Croatia Cuba Cyprus Czechia Denmark Ecuador Egypt England Eritrea Estonia
    Eswatini Ethiopia Fiji Finland France Gabon Gambia Germany Ghana Greece Grenada Guatemala Guinea Guyana Haiti
    Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kazakhstan Kenya Kosovo
    Kuwait Kyrgyzstan Laos Latvia Lebanon Lesotho Liberia Libya Liechtenstein Lithuania Luxembourg Madagascar Malawi
    Malaysia Maldives Mali Malta Mauritania Mauritius Mexico Moldova Monaco Mongolia Montenegro Morocco Mozambique
    Myanmar Namibia Nepal Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palestine Panama Paraguay Peru
    Philippines Poland Portugal Qatar Romania Russia Rwanda Samoa Scotland Senegal Serbia Singapore Slovakia Slovenia
    Somalia Spain Sudan Suriname Sweden Switzerland Syria Taiwan Tajikistan Tanzania Thailand Togo Tonga Tunisia Turkey
    Türkiye Turkmenistan Uganda Ukraine Uruguay Uzbekistan Vanuatu Venezuela Vietnam Wales Yemen Zambia Zimbabwe Africa
    America Americas Antarctica Arctic Asia Atlantic Balkans Caribbean Crimea Europe Gaza Greenland Pacific Scandinavia
    Siberia Tibet

    Afghan African American Arab Arabic Argentine Armenian Asian Australian Austrian Belarusian Belgian Brazilian
    British Bulgarian Cambodian Canadian Catholic Chilean Chinese Christian Christianity Colombian Croatian Cuban Czech
    Danish Dutch Egyptian English Estonian Ethiopian European Finnish French Georgian German Ghanaian Greek Haitian
    Hamas Hezbollah Hindu Hungarian Icelandic Indian Indonesian Iranian Iraqi Irish Islam Islamic Israeli Italian
    Jamaican Japanese Jew Jewish Jordanian Kenyan Korean Kurdish Latvian Latin Latino Latina Lebanese Libyan Lithuanian
    Malaysian Mexican Mongolian Moroccan Muslim Nigerian Norwegian Pakistani Palestinian Persian Peruvian Portuguese
    Romanian Russian Rwandan Scottish Serbian Slovak Somali Spanish Sudanese Swedish Swiss Syrian Taiwanese Thai Taliban
    Tibetan Tunisian Turkish Ugandan Ukrainian Venezuelan Vietnamese Welsh Yemeni Zimbabwean

    Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois
    Indiana Iowa Kansas Kentucky Louisiana Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana
    Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming Manhattan
    Brooklyn Hollywood

    Amsterdam Ankara Athens Atlanta Baghdad Bangkok Barcelona Beijing Beirut Belfast Belgrade Berlin Boston Brussels
    Bucharest Budapest Cairo Caracas Chicago Cleveland Copenhagen Dallas Damascus Delhi Denver Detroit Dubai Dublin
    Edinburgh Geneva Glasgow Helsinki Houston Islamabad Istanbul Jakarta Jerusalem Johannesburg Kabul Karachi Kyiv Kiev
    Lagos Lisbon Liverpool London Madrid Manila Melbourne Memphis Miami Milan Milwaukee Minneapolis Moscow Mumbai Munich
    Nairobi Oslo Ottawa Paris Philadelphia Pittsburgh Prague Pyongyang Rome Seattle Seoul Shanghai Stockholm Sydney
    Tehran Tokyo Toronto Vancouver Vienna Warsaw Washington Westminster Wuhan Zurich

    Congress Senate Democratic Kremlin Pentagon Capitol Democrat Democrats Republican Republicans Tory Tories Brexit
    Medicare Medicaid Bible Quran Facebook Google Instagram Microsoft Netflix TikTok Twitter YouTube WhatsApp iPhone
    Boeing Huawei Toyota Pfizer Moderna AstraZeneca Ebola Wikipedia Nobel

    Assad Biden Blinken Bolsonaro Clinton Erdogan Fauci Gaddafi Hitler Hussein Kennedy Lula Macron Merkel Modi Mubarak
    Netanyahu Nixon Obama Pelosi Putin Reagan Romney Schumer Stalin Starmer Sunak Thatcher Trudeau Yeltsin Zelensky
    Zelenskyy Zuckerberg Psaki

    Aaron Adam Alan Albert Alexander Alice Amanda Amy Andrea Andrew Angela Anna Anne Anthony Arthur Barbara Benjamin
    Brian Catherine Charles Christina Christine Christopher Claire Daniel David Deborah Dennis Diana Donald Dorothy
    Douglas Edward Elizabeth Emily Emma Eric Gary George Gregory Hannah Harold Heather Helen Henry Jacob James Janet
    Jason Jeffrey Jennifer Jeremy Jessica John Jonathan Joseph Joshua Julia Karen Katherine Kathleen Keith Kenneth Kevin
    Kimberly Larry Laura Lauren Linda Lisa Margaret Maria Mary Matthew Melissa Michael Michelle Mohammed Nancy Nathan
    Nicholas Nicole Olivia Pamela Patricia Patrick Paul Peter Philip Rachel Rebecca Richard Robert Ronald Ruth Samantha
    Samuel Sandra Sarah Scott Sharon Sophia Stephanie Stephen Steven Susan Teresa Theresa Thomas Timothy Victoria
    Vladimir Volodymyr Walter William

    Mr Mrs Ms Mx Dr Jr PhD COVID OK AI
"""
_PHRASES = """
    Ph.D., Arab League, Black Sea, Buckingham Palace, Capitol Hill, Costa Rica, Czech Republic, Democratic Party,
    Downing Street, Dow Jones, El Salvador, European Union, Federal Reserve, Gaza Strip, Great Britain, Hong Kong,
    House of Commons, House of Lords, House of Representatives, Ivory Coast, Kansas City, Las Vegas, Los Angeles,
    Middle East, New Delhi, New England, New Hampshire, New Jersey, New Mexico, New Orleans, New York, New Zealand,
    North America, North Atlantic, North Carolina, North Dakota, North Korea, Northern Ireland, Oval Office, Puerto
    Rico, Red Cross, Republican Party, Rhode Island, Rio de Janeiro, San Diego, San Francisco, San Jose, Saudi
    Arabia, Sierra Leone, Silicon Valley, South Africa, South America, South Carolina, South Dakota, South Korea,
    Southeast Asia, Soviet Union, Sri Lanka, State of the Union, Supreme Court, Tel Aviv, United Arab Emirates,
    United Kingdom, United Nations, United States, Wall Street, West Bank, West Virginia, White House, World Bank,
    World Cup, World Health Organization, World Trade Organization, World War
"""

WORDS = {word.lower(): word for word in _SINGLE.split()}
"""From small letters to how the word is written."""

PHRASES = tuple(" ".join(phrase.split()) for phrase in _PHRASES.split(","))
"""Several words that are a name together and common words apart."""

_COMMON_LIST = """
    abbott apple art baker ball banks bell best bill bird bishop black blue brown bush buttons case chance chase chip
    church close cook cross dale dawn day dean drew duke east fair faith field fields fish fisher ford fox frank frost
    gates good grace grant gray green grey guy hall hawk hill holly hope host hunter ice iris ivy jack jay jewel joy
    judge june keen king knight lake lane law lily little long lord love mark mason may mercy miles mill moody narrator
    news noble north officer page paige park parks pat patience pearl pope powers price pride prince questioner rain
    ray reporter rich rivers rob rock rose rush sage sands sharp short show singer snow south speaker speakers spring
    star steel stone storm street strong sue sun sweet swift wade walker ward waters way weeks wells west white will
    winter wise wolf wood woods young first second male female man men woman women unidentified unknown voice voices
    caller the and of for press secretary president senator minister official senior administration
"""

COMMON_NAMES = frozenset(_COMMON_LIST.split())
"""Parts of names that alone may be a common word: "Price", "Will". Only the whole name is taken for one."""

_SMALL_LIST = """
    brr cm dr ft grr gym hmm hrs jr kg km lb lbs ltd mm mph mr mrs ms mt nth pfft pm psst pts rd shh sr st tsk vs
"""
KEPT_SMALL = frozenset(_SMALL_LIST.split())
"""Words without a vowel that are no acronyms."""

"""Language tags (BCP 47, RFC 5646) as files and their names state them: "en", "pt-BR", "English", "eng".

A language is never told from the words of a text. What is no known tag or name of a language is None.
"""

from __future__ import annotations

import re

_TWO_LETTER_LIST = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
    ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_THREE_LETTER_LIST = """
    ast bcl ceb ckb cmn cnr fil gsw hak haw hmn hsb ilo kab kok mai mni nan nds prs sat scn sco tet wuu yue zgh
"""
_NAMES_LIST = """
    af:afrikaans,afr am:amharic,amh ar:arabic,ara az:azerbaijani,aze be:belarusian,bel bg:bulgarian,bul bn:bengali,ben
    bs:bosnian,bos ca:catalan,cat cs:czech,ces,cze cy:welsh,cym,wel da:danish,dan de:german,deutsch,deu,ger
    el:greek,ell,gre en:english,eng es:spanish,español,castellano,spa et:estonian,est eu:basque,eus,baq
    fa:persian,farsi,fas,per fi:finnish,suomi,fin fr:french,français,fra,fre ga:irish,gle gl:galician,glg
    gu:gujarati,guj ha:hausa,hau he:hebrew,heb,iw hi:hindi,hin hr:croatian,hrv hu:hungarian,magyar,hun
    hy:armenian,hye,arm id:indonesian,ind,in is:icelandic,isl,ice it:italian,italiano,ita ja:japanese,jpn
    ka:georgian,kat,geo kk:kazakh,kaz km:khmer,khm ko:korean,kor lt:lithuanian,lit lv:latvian,lav
    mk:macedonian,mkd,mac mn:mongolian,mon mr:marathi,mar ms:malay,msa,may mt:maltese,mlt my:burmese,mya,bur
    nb:nob ne:nepali,nep nl:dutch,nederlands,nld,dut nn:nno no:norwegian,norsk,nor pa:punjabi,pan pl:polish,polski,pol
    ps:pashto,pus pt:portuguese,português,por ro:romanian,ron,rum,mo ru:russian,rus si:sinhala,sin sk:slovak,slk,slo
    sl:slovenian,slovene,slv so:somali,som sq:albanian,sqi,alb sr:serbian,srp sv:swedish,svenska,swe sw:swahili,swa
    ta:tamil,tam te:telugu,tel th:thai,tha tl:tagalog,tgl tr:turkish,tur uk:ukrainian,ukr ur:urdu,urd uz:uzbek,uzb
    vi:vietnamese,vie yi:yiddish,yid,ji zh:chinese,zho,chi zu:zulu,zul cmn:mandarin yue:cantonese
"""
_KNOWN = frozenset((_TWO_LETTER_LIST + _THREE_LETTER_LIST).split())
_SAME = {
    other: tag
    for tag, _, others in (entry.partition(":") for entry in _NAMES_LIST.split())
    for other in others.split(",")
}
_SCRIPTS = "arab|armn|beng|cyrl|deva|grek|gujr|guru|hans|hant|hebr|jpan|kore|latn|mymr|orya|taml|telu|thai"
_TAG = re.compile(
    rf"(?P<language>[a-z]{{2,3}})(?:-(?P<script>{_SCRIPTS}))?(?:-(?P<region>[a-z]{{2}}|\d{{3}}))?", re.IGNORECASE
)
_YOUTUBES_OWN = re.compile(r"-orig$", re.IGNORECASE)


def language_tag(stated: str) -> str | None:
    """The tag for what is stated: "en" for "EN", "eng" or "English", "pt-BR" for "pt_br"; None for anything else.

    Two letters where the language has a code of two, as RFC 5646 (2.2.1) wants it; "en-orig", as YouTube marks the
    language spoken, is "en". Variants and extensions are not read.
    """
    plain = _YOUTUBES_OWN.sub("", stated.strip().replace("_", "-"))
    if plain.lower() in _SAME:
        return _SAME[plain.lower()]
    match = _TAG.fullmatch(plain)
    if not match:
        return None
    language = _SAME.get(match["language"].lower(), match["language"].lower())
    if language not in _KNOWN:
        return None
    script, region = match["script"] or "", match["region"] or ""
    return "-".join(part for part in (language, script.capitalize(), region.upper()) if part)


def is_plain_tag(text: str) -> bool:
    """Whether the text is a tag with its language in small letters, as the names of caption files have it."""
    return text.partition("-")[0] in _KNOWN and language_tag(text) is not None

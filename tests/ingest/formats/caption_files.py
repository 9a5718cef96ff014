"""Small files of each format of captions, for tests: cues of (start, end, words), times in milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Cue = tuple[int, int, str]


def clock(ms: int, point: str = ".") -> str:
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def sbv(cues: Sequence[Cue]) -> str:
    return "\n\n".join(f"{clock(start)},{clock(end)}\n{text}" for start, end, text in cues)


def srt(cues: Sequence[Cue]) -> str:
    return "\n\n".join(f"{clock(start, ',')} --> {clock(end, ',')}\n{text}" for start, end, text in cues)


def vtt(cues: Sequence[Cue]) -> str:
    blocks = (f"{clock(start)} --> {clock(end)}\n{text}" for start, end, text in cues)
    return "WEBVTT\n\n" + "\n\n".join(blocks)


def ttml(cues: Sequence[Cue], attributes: str = "") -> str:
    rows = (f'<p begin="{start}ms" end="{end}ms">{text}</p>'.replace("\n", "<br/>") for start, end, text in cues)
    return (
        f'<tt xmlns="http://www.w3.org/ns/ttml" {attributes}><body><div>\n' + "\n".join(rows) + "\n</div></body></tt>"
    )


def ass(cues: Sequence[Cue]) -> str:
    head = "[Script Info]\n\n[Events]\nFormat: Layer, Start, End, Style, Name, Text\n"
    rows = (
        f"Dialogue: 0,{clock(start)[:-1]},{clock(end)[:-1]},Default,,{text}".replace("\n", "\\N")
        for start, end, text in cues
    )
    return head + "\n".join(rows)


def smi(cues: Sequence[Cue]) -> str:
    rows = (
        f"<SYNC Start={start}><P Class=ENCC>{text}\n<SYNC Start={end}><P Class=ENCC>&nbsp;".replace("\n", "<br>")
        for start, end, text in cues
    )
    return "<SAMI><BODY>\n" + "\n".join(rows) + "\n</BODY></SAMI>"


WRITERS: Mapping[str, Callable[[Sequence[Cue]], str]] = {
    "a.sbv": sbv,
    "a.srt": srt,
    "a.vtt": vtt,
    "a.ttml": ttml,
    "a.ass": ass,
    "a.smi": smi,
}

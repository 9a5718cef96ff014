"""Whether words in a transcript read like orders to a language model: data, and evidence of nothing.

A short list of phrases, kept narrow: people do say "ignore him" and "the rules" on air. It is one line of
defence of several; a phrase that is not in it still cannot leave its fence, nor speak as somebody else.
"""

from __future__ import annotations

import re

_MODEL = r"(?:AI|AI assistant|assistant|language model|AI model|chatbot|LLM)"
_SAID = r"(?:instructions?|prompts?|rules|guidelines|directives|passages|messages?)"
_ORDERS = re.compile(
    rf"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{{0,20}}"
    rf"\b(?:(?:previous|prior|above|preceding|earlier|foregoing|your)\b[^.!?]{{0,20}}\b{_SAID}\b"
    rf"|{_SAID}\s+(?:above|before this|you were given)|all (?:the )?instructions)"
    r"|\b(?:system|developer) prompt\b|\b(?:new|updated|real|actual) instructions?\s*:"
    rf"|\b(?:you are|act as|pretend to be)(?: now)? an? (?:\w+ )?{_MODEL}\b|\bas an AI language model\b"
    rf"|\b(?:attention|note to|dear)(?: the| any)? {_MODEL}s?\s*[:,!–—-]"
    r"|<\|?\s*(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|eot_id)\b"
    r"|\[/?INST\]|<</?SYS>>|<<<\s*(?:END OF )?PASSAGE"
    r"|^\W*(?:system|assistant|developer)\s*:|###\s*(?:instruction|system|response|human|assistant)",
    re.IGNORECASE,
)


def gives_orders(text: str) -> bool:
    """True for text like "Ignore previous instructions and …" or a chat template's own tokens."""
    return bool(_ORDERS.search(text))

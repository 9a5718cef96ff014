"""Passwords as they are kept: scrypt with a salt of their own, never the password. Knows no users and no files.

The cost is what the OWASP Password Storage Cheat Sheet asks of scrypt: N = 2^15, r = 8, p = 3, which takes 32 MB and
some tenths of a second for each try.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from binascii import Error as BadBase64

SHORTEST, LONGEST = 10, 1024
_N, _R, _P = 2**15, 8, 3
_MEMORY = 256 * _N * _R
_SALT_BYTES, _KEY_BYTES = 16, 32


def hashed(password: str) -> str:
    """What is kept of a password: "scrypt$32768$8$3$salt$key"."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return "$".join(("scrypt", str(_N), str(_R), str(_P), _written(salt), _written(_key(password, salt))))


def matches(password: str, kept: str) -> bool:
    """Whether it is the password that this was made of; takes as long whatever differs. Raises ValueError."""
    salt, key = _read(kept)
    return hmac.compare_digest(_key(password, salt), key)


def is_hash(kept: str) -> bool:
    """Whether `hashed` could have made it."""
    try:
        salt, key = _read(kept)
    except ValueError:
        return False
    return (len(salt), len(key)) == (_SALT_BYTES, _KEY_BYTES)


def _key(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode()[:LONGEST], salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=_KEY_BYTES)


def _read(kept: str) -> tuple[bytes, bytes]:
    kind, *cost, salt, key = kept.split("$")
    if (kind, cost) != ("scrypt", [str(_N), str(_R), str(_P)]):
        raise ValueError("not a scrypt hash of the cost used here")
    try:
        return base64.b64decode(salt, validate=True), base64.b64decode(key, validate=True)
    except BadBase64 as error:
        raise ValueError("not base64") from error


def _written(value: bytes) -> str:
    return base64.b64encode(value).decode()

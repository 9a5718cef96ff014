"""Who has signed in, and how often somebody failed to. In memory: a restart asks everybody again."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from ui.accounts import Account, Accounts
from ui.passwords import hashed, matches

IDLE_S = 12 * 3600
MOST_SESSIONS, MOST_ADDRESSES = 10_000, 10_000
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 60.0
_FREE_TRIES = 3

Clock = Callable[[], float]


@dataclass(slots=True)
class _Session:
    account: Account
    seen: float


class Sessions:
    """Tokens of those who have signed in. One ends after idle hours, and with a change of its user's line."""

    def __init__(self, accounts: Accounts, clock: Clock = time.monotonic) -> None:
        self._accounts, self._clock = accounts, clock
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._lock = threading.Lock()
        self._nobody = hashed(secrets.token_urlsafe())

    def check(self, name: str, password: str) -> Account | None:
        """The user, if the password is theirs; takes as long where there is no such user. Raises UsersFileError."""
        account = self._accounts.get(name)
        right = matches(password, account.password if account else self._nobody)
        return account if right else None

    def begin(self, account: Account) -> str:
        """A token for a browser to keep."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[token] = _Session(account, self._clock())
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)
        return token

    def account(self, token: str) -> Account | None:
        """Whose token it is, if it still holds. Raises UsersFileError."""
        with self._lock:
            session, now = self._sessions.get(token), self._clock()
            if session is None:
                return None
            if now - session.seen > IDLE_S or self._accounts.get(session.account.name) != session.account:
                del self._sessions[token]
                return None
            session.seen = now
            self._sessions.move_to_end(token)
            return session.account

    def end(self, token: str) -> None:
        """Forgets a token."""
        with self._lock:
            self._sessions.pop(token, None)


class Failures:
    """How long an address has to wait after failed tries: twice as long each time, from the third on."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait_s(self, address: str) -> float:
        """Seconds until the address may try again; 0 for now."""
        with self._lock:
            return max(0.0, self._failed.get(address, (0, 0.0))[1] - self._clock())

    def failed(self, address: str) -> None:
        """One more failure."""
        with self._lock:
            count = self._failed.pop(address, (0, 0.0))[0] + 1
            wait = FIRST_WAIT_S * 2 ** min(count - _FREE_TRIES, 20) if count >= _FREE_TRIES else 0.0
            self._failed[address] = (count, self._clock() + min(wait, LONGEST_WAIT_S))
            if len(self._failed) > MOST_ADDRESSES:
                self._failed.popitem(last=False)

    def succeeded(self, address: str) -> None:
        """Forgets the failures."""
        with self._lock:
            self._failed.pop(address, None)

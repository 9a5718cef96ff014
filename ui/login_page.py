"""The page to sign in and out on: HTML with no script, the same for everybody. Checks nothing."""

from __future__ import annotations

from html import escape

from ui.theme import asset

_FORM = """{problem}
<form method="post" action="{prefix}/login">
<label>User name <input name="username" autocomplete="username" autocapitalize="none" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<input type="hidden" name="next" value="{following}">
<button>Sign in</button>
</form>"""
_INSIDE = """<p>You are signed in as <b>{name}</b>, {role}. <a href="{prefix}/">Go to the page</a></p>
<form method="post" action="{prefix}/logout"><button>Sign out</button></form>"""


def sign_in(prefix: str, following: str = "", problem: str = "") -> str:
    """The form; `following` is the query of the address to go on to, `problem` what went wrong before."""
    told = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return _whole(_FORM.format(prefix=escape(prefix), following=escape(following), problem=told))


def signed_in(prefix: str, name: str, role: str) -> str:
    """Who is signed in, and a button to sign out."""
    return _whole(_INSIDE.format(prefix=escape(prefix), name=escape(name), role=escape(role)))


def _whole(inside: str) -> str:
    return asset("login.html").replace("{inside}", inside)

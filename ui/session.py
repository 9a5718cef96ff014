"""What one browser tab holds on the server: its conversation, and whose turn it is to change it.

Answers come from several threads. Only the answer that was begun last may change the conversation, so one
that was left behind by "New conversation" or "Stop" can no longer speak up.
"""

from __future__ import annotations

import threading

from ui.conversation import STOPPED, Conversation
from ui.desk import Desk


class Session:
    """A conversation that at most one answer at a time is added to.

    `desk` is who answers in this tab where its reader has chosen another than the page's own.
    """

    def __init__(self) -> None:
        self.conversation = Conversation()
        self.desk: Desk | None = None
        self._answering: object | None = None
        self._lock = threading.Lock()

    def __deepcopy__(self, memo: dict[int, object]) -> Session:
        """Another, empty: Gradio copies the initial value of a state for every browser session."""
        return Session()

    @property
    def answering(self) -> bool:
        """Whether an answer is being given."""
        return self._answering is not None

    def begin(self) -> object | None:
        """A turn to change the conversation; None while another answer is being given."""
        with self._lock:
            if self.answering:
                return None
            self.conversation = self.conversation.cut_short()
            self._answering = object()
            return self._answering

    def take(self, turn: object, conversation: Conversation) -> bool:
        """Makes this the conversation, if the turn still counts; says whether it does."""
        with self._lock:
            counts = self._answering is turn
            if counts:
                self.conversation = conversation
            return counts

    def end(self, turn: object) -> None:
        """Gives the turn back."""
        with self._lock:
            if self._answering is turn:
                self._answering = None

    def stop(self) -> None:
        """Closes an answer that is being given; it no longer counts."""
        with self._lock:
            self.conversation = self.conversation.cut_short(STOPPED)
            self._answering = None

    def begin_with(self, conversation: Conversation) -> None:
        """Begins anew, with what was said before; an answer that is being given no longer counts."""
        with self._lock:
            self.conversation = conversation
            self._answering = None

    def clear(self) -> None:
        """Begins anew with nothing."""
        self.begin_with(Conversation())

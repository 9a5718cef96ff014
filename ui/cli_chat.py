"""`onrecord chat`: the page in the browser, for oneself or for others. What is typed, checked and passed on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.exits import reported
from ui.given import check_nli, settings_for
from ui.options import ArchiveFolder, Llm, LlmUrl, Nli, Quiet, Reranker

if TYPE_CHECKING:
    from rag.config import Settings
    from ui.serving import Serving

EXAMPLES = (
    "onrecord chat",
    "onrecord chat --port 8000 --llm ollama:llama3.2",
    "onrecord chat --host 0.0.0.0 --auth /etc/onrecord/users",
    "onrecord chat --auth users --root-path /archive   (behind a reverse proxy)",
)


Port = Annotated[int, typer.Option(min=1, max=65535, help="The port of the page.")]
Host = Annotated[
    str, typer.Option(help="The address to serve on; 0.0.0.0 lets others in; it needs --auth or --no-auth.")
]
Auth = Annotated[
    Path | None,
    typer.Option(metavar="USERS_FILE", dir_okay=False, help="Let in who is in this file; see onrecord users."),
]
NoAuth = Annotated[bool, typer.Option("--no-auth", help="Let in everybody who can reach the page, to ask and to read.")]
RootPath = Annotated[
    str | None,
    typer.Option(metavar="PATH", help="Where a reverse proxy shows the page, such as /archive; / for its root."),
]
Rate = Annotated[
    int | None,
    typer.Option(min=0, help="Requests a minute for each user; 0: no limit. Default: 120 where others can reach it."),
]
UploadMb = Annotated[int, typer.Option(min=1, max=10_000, help="Megabytes of an upload at most.")]
UploadFiles = Annotated[int, typer.Option(min=1, max=10_000, help="Files of an upload at most.")]
Mcp = Annotated[
    bool, typer.Option("--mcp", help="Offer the archive to language models too, by the Model Context Protocol.")
]
Samples = Annotated[bool, typer.Option("--samples", help="If the archive is empty, put the packaged samples in.")]


def chat(  # noqa: PLR0913, PLR0917
    archive: ArchiveFolder = None,
    port: Port = 7860,
    host: Host = "127.0.0.1",
    auth: Auth = None,
    no_auth: NoAuth = False,
    root_path: RootPath = None,
    rate: Rate = None,
    upload_mb: UploadMb = 200,
    upload_files: UploadFiles = 100,
    mcp: Mcp = False,
    samples: Samples = False,
    llm: Llm = None,
    llm_url: LlmUrl = None,
    nli: Nli = None,
    reranker: Reranker = None,
    quiet: Quiet = False,
) -> None:
    """Serve the chat page in the browser until Ctrl-C."""
    with reported():
        from ui.serving import Serving

        serving = Serving(auth, no_auth, root_path, rate, upload_mb, upload_files, mcp)
        serving.check(host)
        _warn(auth)
        settings = settings_for(archive, llm=llm, llm_url=llm_url, nli=nli, reranker=reranker)
        check_nli(settings)
        if samples:
            from ui.samples import fill_if_empty

            fill_if_empty(settings, quiet)
        _serve(settings, host, port, serving)


def _serve(settings: Settings, host: str, port: int, serving: Serving) -> None:
    from rag.engine import Engine
    from ui.app import serve, tell_address
    from ui.samples import questions

    with Engine(settings.archive, settings=settings) as engine:

        def ready(address: str) -> None:
            tell_address(address)
            engine.warm()

        serve(engine, host, port, questions(engine.entries()), ready, settings.archive, serving)


def _warn(users: Path | None) -> None:
    """Reads the users file before anything is loaded, and says so when others can read it too."""
    if users is None:
        return
    from ui.accounts import Accounts, seen_by_others
    from ui.console import complain

    Accounts(users)
    if seen_by_others(users):
        complain(f"Others on this machine can read {users}. Keep it to yourself: chmod 600 {users}")

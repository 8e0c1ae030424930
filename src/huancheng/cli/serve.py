"""`huancheng serve`: the web server and its worker."""

from __future__ import annotations

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--threads", default=8, show_default=True, help="Requests answered at a time.")
@click.option("--no-worker", is_flag=True, help="Leave jobs and daily work to a worker started elsewhere.")
def serve(host: str, port: int, threads: int, *, no_worker: bool) -> int:
    """Serve the platform: pages, background jobs and what is done once a day. Ctrl-C ends it."""
    from huancheng.platform.start import start_platform

    start_platform()
    from huancheng.platform.operations.serving import Serving, run

    return run(Serving(host, port, threads, worker=not no_worker))

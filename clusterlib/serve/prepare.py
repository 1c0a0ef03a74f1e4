"""Every page run once, so that its figures are kept and the first visit is quick too."""

from __future__ import annotations

import os


def run() -> None:
    """Run every page from top to bottom, as a served page would; what fails is left for then."""
    import nbformat
    from nbclient import NotebookClient

    from clusterlib import lessons

    os.environ["KIT_SERVED"] = "1"  # nobody's work is opened
    for path in lessons.served().values():
        book = nbformat.read(path, as_version=4)
        NotebookClient(
            book, timeout=120, kernel_name="python3", allow_errors=True, store_widget_state=False
        ).execute()

"""The prose of lessons and exercises, kept in step with the tables: an author's one command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from clusterlib import facts
from clusterlib.i18n import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent


def mend(root: Path = ROOT) -> list[Path]:
    """Write every keyed number of notebooks and exercises as the tables have it today.

    Returns the files that changed; raises what `facts.value` raises for a key that is wrong.
    """
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    items = sorted((root / "exercises").glob("*.json"))
    changed = [path for path in notebooks if _rewrite(path, _mend_notebook)]
    return changed + [path for path in items if _rewrite(path, _mend_item)]


def _rewrite(path: Path, mend_part: Any) -> bool:
    before = path.read_text(encoding="utf-8")
    content = json.loads(before)
    lang = path.name.split(".")[1]
    after = json.dumps(mend_part(content, lang), ensure_ascii=False, indent=1) + "\n"
    if after == before:
        return False
    path.write_text(after, encoding="utf-8", newline="\n")
    return True


def _mend_notebook(notebook: dict[str, Any], lang: str) -> dict[str, Any]:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = facts.mended("".join(cell["source"]), lang).splitlines(keepends=True)
    return notebook


def _mend_item(part: Any, lang: str) -> Any:
    if isinstance(part, list):
        return [_mend_item(each, lang) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: facts.mended(value, key)
        if key in LANGUAGES and isinstance(value, str)
        else _mend_item(value, lang)
        for key, value in part.items()
    }

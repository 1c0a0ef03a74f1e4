"""The map files of a class: taken in within bounds, kept with the learner's work, opened again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clusterlib import mapwork
from clusterlib.errors import BadInput, KitError
from clusterlib.i18n import explain
from clusterlib.progress import LIMIT

MOST_FILES, LONGEST_NAME = 60, 70
CUT = 60  # characters of a file's own name


class Shelf:
    """The maps of a class by the names of their files.

    `piece` names them among the learner's work; `keep` is called with all of them at every change,
    `shown` when kept ones were opened again, and `problem` says which of those could not be.

    Parameters
    ----------
    ground : Ground
        What the maps are drawn on.
    lang : str
        The reader's language.
    shown : callable
        Shows the maps.
    """

    piece = "map/figure4/class"

    def __init__(self, ground: mapwork.Ground, lang: str, shown: Callable[[], None]) -> None:
        self.ground, self.lang, self.shown = ground, lang, shown
        self.keep: Callable[[dict[str, Any]], None] = lambda work: None
        self.maps: dict[str, mapwork.State] = {}
        self.problem = ""

    def add(self, files: Sequence[Mapping[str, Any]]) -> None:
        """Add maps from files; one that cannot be used is named, and the others are taken.

        Raises
        ------
        BadInput
            For too many files or more than can be kept, when nothing changes; for files that
            cannot be used, when the others have been taken.
        """
        if (n := len(self.maps) + len(files)) > MOST_FILES:
            raise BadInput("map_too_many_files", n=n, limit=MOST_FILES)
        maps, refused = dict(self.maps), []
        for file in files:
            name = mapwork.short(file.get("name"), CUT)
            try:
                state = _bare(self.ground.read(str(file.get("text"))))
                maps[_free(name, state, maps)] = state
            except KitError as wrong:
                refused.append(f"{name}: {explain(wrong, self.lang)}")
        self._settle(maps)
        if refused:
            n = len(files) - len(refused)
            raise BadInput("map_files_refused", n=n, refused=" / ".join(refused))

    def clear(self) -> None:
        """Forget all maps of the class."""
        self._settle({})

    def restore(self, work: Mapping[str, Any]) -> None:
        """Show maps that were kept earlier; what cannot be read is left out and named."""
        before, self.maps, self.problem = self.maps, {}, ""
        kept = work.get("maps", {})
        if not isinstance(kept, dict) or len(kept) > MOST_FILES:
            kept, self.problem = {}, self._say("map_class_lost")
        if lost := [mapwork.short(name) for name in kept if not self._took(name, kept[name])]:
            self.problem = self._say("map_class_parts_lost", lost=", ".join(lost))
        if before or self.maps or self.problem:
            self.shown()

    def _took(self, name: str, state: Any) -> bool:
        try:
            proved = _bare(self.ground.prove(state))
        except KitError:
            return False
        if sound := name == mapwork.short(name, LONGEST_NAME):
            self.maps[name] = proved
        return sound

    def _say(self, key: str, **values: object) -> str:
        return explain(BadInput(key, **values), self.lang)

    def _settle(self, maps: dict[str, mapwork.State]) -> None:
        work = {"maps": maps}
        if (size := len(json.dumps(work, ensure_ascii=False).encode())) > LIMIT:
            raise BadInput("map_class_too_large", size=size // 1024, limit=LIMIT // 1024)
        if maps != self.maps:
            self.maps = maps
            self.keep(work)


def _bare(state: mapwork.State) -> mapwork.State:
    """A map without its reasons, which no comparison shows: a class fits what may be kept."""
    return {**state, "own": [{**arrow, "why": ""} for arrow in state["own"]]}


def _free(name: str, state: mapwork.State, taken: Mapping[str, mapwork.State]) -> str:
    """A name for a map that no other map has; browsers give many files the same one."""
    names = (f"{name} ({n})" if n > 1 else name for n in range(1, MOST_FILES + 2))
    return next(each for each in names if taken.get(each, state) == state)

"""The explorer of the memo: a plan on one page, as it will be, with the learner's reasons."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import anywidget
import traitlets

from clusterlib import datasets, plans, theme
from clusterlib import memo as documents
from clusterlib.errors import KitError
from clusterlib.explorers.plan_words import title_of
from clusterlib.explorers.policy_lab_work import Bench
from clusterlib.explorers.policy_memo_found import found
from clusterlib.explorers.policy_memo_text import Teller
from clusterlib.explorers.policy_room import MOST_PINNED, WORK, room
from clusterlib.explorers.policy_written import BOUND, WRITTEN, mark, marks, of_another, written
from clusterlib.i18n import Words, explain
from clusterlib.live import script, style
from clusterlib.memo import Block, Memo
from clusterlib.policy.scenario import LIMITS, Scenario, to_plan

NOW = "now"  # the plan of the moment; a pinned one is named by its place
FIELDS = ("name", "role", "why")
LONGEST_ADDRESS = 200
LOOPBACK = re.compile(r"localhost|.*\.localhost|127\..*|0\.0\.0\.0|::1")  # this computer only
Plain = dict[str, Any]


def policy_memo(words: Words) -> PolicyMemo:
    """A memo of one page from the plan of the lab, to read, to reason and to take away.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    return PolicyMemo(words)


def _paper() -> str:
    """The colours of the light page, whatever the reader's is: the memo will be printed."""
    light = theme.tokens()["light"]
    inks = "".join(f"--kit-{name}:{light[name]};" for name in ("ink", "muted", "edge", "line"))
    return f".kit-memo-sheet{{{inks}}}"


class PolicyMemo(anywidget.AnyWidget):
    """The memo on the page: fields, a preview, three files.

    Nothing is counted while the lab moves: a change only raises `stale`, and the browser asks for
    the page once the plan rests and the preview is in sight.

    Attributes
    ----------
    work : dict
        The work that all widgets of the lab share. Ours are `name`, `role` and `why` of a plan,
        and `memo`: the same three as they were last written, for a plan that does not hold them,
        and by text the mark of the plan that it was written for.
    today : callable
        Gives the day that stands in the memo.
    """

    _esm = script("dom", "memo")
    _css = style("memo") + _paper()
    words = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode().tag(sync=True)
    roles = traitlets.List().tag(sync=True)
    form = traitlets.Dict().tag(sync=True)
    sheet = traitlets.Dict().tag(sync=True)
    stale = traitlets.Int().tag(sync=True)
    piece = WORK

    def __init__(self, words: Words, today: Callable[[], date] = date.today) -> None:
        self.say, self.today = words, today
        self.keep: Callable[[Plain], None] = lambda work: None
        self.work: Plain = {}
        self.which = NOW
        roles = datasets.roles().sort_values("order")
        names = zip(roles["role"], roles[f"name_{words.lang}"], strict=True)
        super().__init__(
            words=words.group("memo.ui."),
            lang=words.lang,
            roles=[list(each) for each in names],
            form=self._form(),
        )
        self.on_msg(self._hear)

    def restore(self, work: Mapping[str, Any]) -> None:
        """Follow the common work: kept earlier, or changed by another widget of the page."""
        self.work = dict(work)
        self._follow()

    def _follow(self) -> None:
        self.form = self._form()
        self.stale += 1

    @property
    def _pinned(self) -> list[Any]:
        kept = self.work.get("pinned")
        return kept[:MOST_PINNED] if isinstance(kept, list) else []

    def _plain(self) -> Plain:
        """The chosen plan as it is kept; {} for none."""
        if self.which != NOW and int(self.which) < len(self._pinned):
            plan = self._pinned[int(self.which)]
        else:
            self.which, plan = NOW, self.work.get("plan")
        return dict(plan) if isinstance(plan, Mapping) else {}

    def _form(self) -> Plain:
        """What the fields hold, and which plans there are to choose from."""
        plan = self._plain()
        # The lab takes the name off a plan that was changed, and all three with a ready-made one.
        last = written(self.work) if self.which == NOW else {}
        texts = {name: _text(plan, name) or _text(last, name) for name in FIELDS}
        another = of_another(self.work, plan or self._nothing(), texts) if last else ""
        pinned = [
            [str(n), self.say("memo.ui.pinned", n=n + 1, name=self._named(each) or "–")]
            for n, each in enumerate(self._pinned)
        ]
        most = {name: LIMITS[name] for name in ("name", "why")}
        options = [[NOW, self.say("memo.ui.now")], *pinned]
        about = {"which": self.which, "options": options, "most": most, "another": another}
        return {**texts, "name": title_of(texts["name"], self.say.lang), **about}

    def _named(self, plan: Any) -> str:
        return title_of(_text(plan, "name"), self.say.lang)

    def _nothing(self) -> Plain:
        return to_plan(Scenario(), room().keys)

    def _hear(self, _: object, message: Plain, __: object) -> None:
        try:
            if "edit" in message:
                self._edit(message["edit"])
            elif "adopt" in message:
                self._edit({}, adopt=True)
            elif "clear" in message:
                gone = BOUND if self.form["another"] == "both" else [self.form["another"]]
                self._edit(dict.fromkeys(gone, ""))
            elif "which" in message:
                self.which = self._place(message["which"])
                self._follow()
            elif "show" in message:
                self._show(message)
            elif "take" in message:
                self._take(message)
        except KitError as wrong:
            self.send({"problem": explain(wrong, self.say.lang)})

    def _place(self, which: Any) -> str:
        """A choice that exists: the plan of the moment, or the place of a pinned one."""
        return which if which in {str(n) for n in range(len(self._pinned))} else NOW

    def _edit(self, fields: Any, adopt: bool = False) -> None:
        """Keep what was written with the plan it belongs to; all else of the work stays.

        Parameters
        ----------
        fields : mapping
            Texts by field; what is not there stays as it stands in the form.
        adopt : bool
            Whether texts that nobody changed are now those of this plan.
        """
        plan, before = self._plain() or self._nothing(), self.form
        for name in FIELDS:
            given = fields.get(name) if isinstance(fields, Mapping) else None
            plan[name] = given[: LIMITS[name]] if isinstance(given, str) else before[name]
        # A field that is empty, or held something else than text, says nothing.
        plan = {n: v for n, v in plan.items() if n not in FIELDS or (v and isinstance(v, str))}
        if self.which == NOW:
            last: Plain = {name: plan[name] for name in FIELDS if name in plan}
            known = {} if adopt else marks(self.work)
            kept = {n: known[n] for n in BOUND if n in known and last.get(n) == before[n]}
            of = {n: kept.get(n, mark(plan)) for n in BOUND if n in last}
            last = {**last, "of": of} if of else last
            self.work = {**self.work, "plan": plan, WRITTEN: last}
        else:
            pinned = [*self._pinned]
            pinned[int(self.which)] = plan
            self.work = {**self.work, "pinned": pinned}
        self.keep(self.work)
        self.form = self._form()
        self.stale += 1

    def memo(self, address: str = "") -> tuple[Memo, str]:
        """The memo of the chosen plan, and what is to be said beside it.

        Parameters
        ----------
        address : str
            The page that opens a plan; without one the memo holds only the code of the plan.
        """
        texts = {name: self.form[name] for name in FIELDS}
        plain, note = {**self._plain(), **texts}, ""
        plan = Scenario(**texts)
        try:
            if "phases" in plain:
                plan = room().checked(plain)
            else:
                note = self.say("memo.ui.no_plan")
        except KitError as wrong:
            note = f"{explain(wrong, self.say.lang)} {self.say('memo.ui.default')}"
        bench = Bench(room(), self.say.lang, plan, work=self.work)
        told = found(room(), plan, bench.weights, self._rivals())
        link = _link(address, bench.shared())
        teller = Teller(self.say, room(), told, bench.weights, self.form["another"])
        return teller.memo(self.today(), link), note

    def _rivals(self) -> list[Scenario]:
        """The pinned plans that can be run."""
        plans = []
        for each in self._pinned:
            try:
                plans.append(room().checked(each))
            except KitError:
                continue  # the lab says what is wrong with it
        return plans

    def _show(self, message: Plain) -> None:
        memo, note = self.memo(_address(message))
        pages = sum(block.kind == "page" for block in memo.blocks) + 1
        key = "one_page" if pages == 1 else "two_pages"
        size = {"size": f"{memo.size:g}"} if pages == 1 else {}
        self.sheet = {
            "of": self.stale,
            "title": memo.title,
            "size": memo.size,
            "blocks": [_plain_block(memo, block) for block in memo.blocks],
            "note": note,
            "fits": self.say(f"memo.ui.{key}", **size),
        }

    def _take(self, message: Plain) -> None:
        kind = str(message["take"])
        memo, _ = self.memo(_address(message))
        content = documents.write(memo, kind, self.today())
        name = f"{self.say('memo.file')}.{kind}"
        self.send({"name": name, "type": documents.FORMATS[kind]}, [content])


def _text(held: Any, name: str) -> str:
    """A text of a plan or of what was written, "" where there is none."""
    text = held.get(name) if isinstance(held, Mapping) else ""
    return text[: LIMITS[name]] if isinstance(text, str) else ""


def _address(message: Plain) -> str:
    """The address that the browser gave, if others can use it; it is written, never opened."""
    told = message.get("address")
    if not isinstance(told, str) or len(told) > LONGEST_ADDRESS or not told.isascii():
        return ""
    try:
        parts = urlsplit(told)
    except ValueError:
        return ""
    good = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    good = good and not LOOPBACK.fullmatch(parts.hostname)
    bare = f"{parts.scheme}://{parts.netloc}{parts.path}"
    return bare if good and not set(bare) & set(" <>\"'`\\^{|}") and bare.isprintable() else ""


def _link(address: str, plan: Plain) -> str:
    return plans.link(address, plan) if address else plans.packed(plan)


def _plain_block(memo: Memo, block: Block) -> Plain:
    told: Plain = {"kind": block.kind, "text": block.text, "mark": memo.marks.get(block.kind, "")}
    if block.url:
        told["url"] = block.url
    if table := block.table:
        rows = [list(row) for row in table.rows]
        shares = {"heads": table.heads, "widths": list(table.widths)}
        told["table"] = {"columns": list(table.columns), "rows": rows, **shares}
    if shown := block.picture:
        data = base64.b64encode(shown.png).decode()
        told["picture"] = {"src": f"data:image/png;base64,{data}", "alt": shown.alt}
    return told

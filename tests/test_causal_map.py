"""Figure 4's map: its tables, what a learner may do to it, its files, and what the figure says."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import causal, datasets, i18n, mapwork, open_kit, progress
from clusterlib.errors import BadInput
from clusterlib.explorers import Explore, causal_map
from clusterlib.i18n import Words

both_languages = pytest.mark.parametrize("lang", ["ko", "en"])
NODES, EDGES = datasets.figure4_nodes(), datasets.figure4_edges()
BOXES = dict(zip(NODES["node"], NODES["label_en"], strict=True))
HEADINGS = set(NODES[NODES["kind"] == "heading"]["node"])
GROUND = mapwork.Ground("figure4", {k: v for k, v in BOXES.items() if k not in HEADINGS}, EDGES)
NAMES = [mapwork.name(*ends) for ends in zip(EDGES["from"], EDGES["to"], strict=True)]


# The tables.


def test_the_figure_has_55_labels_four_of_them_headings() -> None:
    assert len(NODES) == 55
    assert len(HEADINGS) == 4
    assert not NODES["printed"].duplicated().any()


def test_every_arrow_has_a_grade_and_a_reason_in_both_languages() -> None:
    assert set(EDGES["grade"]) == set(mapwork.GRADES)
    for lang in ("ko", "en"):
        assert EDGES[f"reason_{lang}"].str.len().min() > 10


def test_the_grade_says_where_an_arrow_comes_from() -> None:
    for row in EDGES.to_dict("records"):
        assert (row["source"] == "brief") == (row["grade"] == "text"), row
        assert (row["section"] == "figure 4") == (row["grade"] == "adjacent"), row
        inferred = row["grade"] == "inference"
        assert (row["section"] != row["section"]) == inferred, row
        assert ("inference" in row["reason_en"]) == inferred, row
        assert ("추론" in row["reason_ko"]) == inferred, row


def test_arrows_run_between_factors_and_never_contradict_each_other() -> None:
    ends = [*zip(EDGES["from"], EDGES["to"], strict=True)]
    assert len(set(ends)) == len(ends)
    assert not {(b, a) for a, b in ends} & set(ends)
    assert {end for pair in ends for end in pair} <= set(GROUND.boxes)
    assert set(GROUND.boxes) == {end for pair in ends for end in pair}, "a factor without arrows"


def test_each_factor_has_a_cell_of_its_own_and_headings_have_none() -> None:
    factors = NODES[~NODES["node"].isin(HEADINGS)]
    assert not factors.duplicated(["col", "row"]).any()
    assert factors[["col", "row"]].notna().all(axis=None)
    assert NODES[NODES["node"].isin(HEADINGS)][["col", "row"]].isna().all(axis=None)


# What a learner may do.


def arrow(state: mapwork.State, name: str) -> dict:
    return next(each for each in GROUND.arrows(state) if each["id"] == name)


def done(*changes: dict) -> mapwork.State:
    state = mapwork.fresh()
    for change in changes:
        state = GROUND.edit(state, change)
    return state


def add(cause: str, effect: str, sign: str = "+", why: str = "") -> dict:
    return {"do": "add", "from": cause, "to": effect, "sign": sign, "why": why}


def test_a_candidate_is_accepted_rejected_turned_and_flipped_and_all_of_it_taken_back() -> None:
    name = "univ>supply"
    for do, state in (("accept", "accepted"), ("reject", "rejected")):
        changed = done({"do": do, "arrow": name})
        assert arrow(changed, name)["verdict"] == state
        assert GROUND.edit(changed, {"do": "open", "arrow": name}) == mapwork.fresh()
    turned = arrow(done({"do": "turn", "arrow": name}), name)
    assert (turned["from"], turned["to"], turned["sign"]) == ("supply", "univ", "-")
    flipped = arrow(done({"do": "flip", "arrow": name}), name)
    assert (flipped["from"], flipped["to"], flipped["sign"]) == ("univ", "supply", "+")
    for do in ("turn", "flip"):
        assert done({"do": do, "arrow": name}, {"do": do, "arrow": name}) == mapwork.fresh()


def test_an_own_arrow_is_drawn_turned_flipped_and_removed() -> None:
    state = done(add("supply", "univ", "-", "fewer come to study"))
    drawn = arrow(state, "own:supply>univ")
    assert (drawn["grade"], drawn["sign"], drawn["why"]) == ("own", "-", "fewer come to study")
    state = GROUND.edit(state, {"do": "flip", "arrow": "own:supply>univ"})
    assert arrow(state, "own:supply>univ")["sign"] == "+"
    state = GROUND.edit(state, {"do": "remove", "arrow": "own:supply>univ"})
    assert state == mapwork.fresh()


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ([add("univ", "supply", "+")], "map_opposite"),
        ([add("univ", "supply", "-")], "map_twice"),
        ([add("supply", "univ"), {"do": "turn", "arrow": "own:supply>univ"}], "map_opposite"),
        ([add("supply", "univ"), {"do": "turn", "arrow": "univ>supply"}], "map_opposite"),
        ([add("supply", "supply")], "map_to_itself"),
        ([add("supply", "nowhere")], "map_unknown_label"),
        ([add("supply", "h_str")], "map_unknown_label"),
        ([add("supply", "univ", "?")], "map_bad_entry"),
        ([add("supply", "univ", "+", "x" * 301)], "map_bad_entry"),
        ([add("supply", "univ", "+", "\ud800")], "map_bad_entry"),
        ([{"do": "accept", "arrow": "univ>nowhere"}], "map_unknown_arrow"),
        ([{"do": "accept", "arrow": ["univ"]}], "map_unknown_arrow"),
        ([{"do": "burn", "arrow": "univ>supply"}], "map_bad_entry"),
        ([{"do": "remove", "arrow": "univ>supply"}], "map_bad_entry"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(changes, key) -> None:
    with pytest.raises(BadInput) as caught:
        done(*changes)
    assert caught.value.key == key


edits = st.lists(
    st.one_of(
        st.builds(
            lambda do, name: {"do": do, "arrow": name},
            st.sampled_from(["accept", "reject", "open", "turn", "flip"]),
            st.sampled_from(NAMES),
        ),
        st.builds(add, *[st.sampled_from(sorted(GROUND.boxes))] * 2, st.sampled_from("+-")),
    ),
    max_size=12,
)


def worked(changes: list[dict]) -> mapwork.State:
    """The map after those changes that are allowed."""
    state = mapwork.fresh()
    for change in changes:
        try:
            state = GROUND.edit(state, change)
        except BadInput:
            continue
    return state


@given(edits)
def test_any_work_survives_the_file_and_never_contradicts_itself(changes) -> None:
    state = worked(changes)
    assert GROUND.read(GROUND.write(state)) == state
    arrows = GROUND.arrows(state)
    assert len({(a["from"], a["to"]) for a in arrows}) == len(arrows)


@given(edits)
def test_rejecting_every_inference_and_own_change_leaves_no_loop(changes) -> None:
    given_only = [
        a
        for a in GROUND.arrows(worked(changes))
        if a["grade"] in ("text", "adjacent") and not (a["turned"] or a["flipped"])
    ]
    assert len(causal.loops(pd.DataFrame(given_only))) == 0


# Files.


def file(**parts: object) -> str:
    whole = {"format": mapwork.FORMAT, "figure": "figure4", "candidates": {}, "own": []}
    return json.dumps({**whole, **parts})


OWN = {"from": "supply", "to": "univ", "sign": "+", "why": ""}


@pytest.mark.parametrize(
    ("text", "key", "named"),
    [
        ("", "map_bad_file", ""),
        ("{", "map_bad_file", ""),
        ("[]", "map_bad_file", ""),
        ("[" * 100_000, "map_bad_file", ""),
        (file(format="clusterlib-work-1"), "map_bad_file", ""),
        (file(more=1), "map_bad_file", ""),
        (file(candidates=[]), "map_bad_file", ""),
        (file(figure="figure9"), "map_other_figure", "figure9"),
        (file(candidates={"univ>suply": {"verdict": "accepted"}}), "map_unknown_arrow", "suply"),
        (file(candidates={"univ>supply": {"verdict": "maybe"}}), "map_bad_entry", "univ>supply"),
        (file(candidates={"univ>supply": {"turned": 1}}), "map_bad_entry", "univ>supply"),
        (file(candidates={"univ>supply": {}}), "map_bad_entry", "univ>supply"),
        (file(candidates={"univ>supply": None}), "map_bad_entry", "univ>supply"),
        (file(own=[OWN, {**OWN, "to": "univrsity"}]), "map_unknown_label", "own 2"),
        (file(own=[OWN, OWN]), "map_twice", "own:supply>univ"),
        (file(own=[OWN, {**OWN, "sign": "-"}]), "map_opposite", "own:supply>univ"),
        (file(own=[{**OWN, "to": "supply"}]), "map_to_itself", "own 1"),
        (file(own=[{**OWN, "why": 3}]), "map_bad_entry", "own 1"),
        (file(own=[3]), "map_bad_entry", "own 1"),
        (file(own=[OWN] * 61), "map_too_many", "61"),
        (file(own=["x" * progress.LIMIT]), "map_too_large", "256"),
    ],
)
def test_a_bad_file_is_refused_with_the_entry_named_in_both_languages(text, key, named) -> None:
    with pytest.raises(BadInput) as caught:
        GROUND.read(text)
    assert caught.value.key == key
    for lang in ("ko", "en"):
        assert named in i18n.explain(caught.value, lang)


def test_a_refused_file_leaves_the_map_as_it_was() -> None:
    view = figure("en")
    view._hear(None, {"edit": add("supply", "univ")}, [])
    kept = view.state
    view._hear(None, {"take_in": file(own=[OWN, {**OWN, "sign": "-"}])}, [])
    assert view.state is kept
    assert "own:supply>univ" in view.content["rows"]["about"][0]["problem"]
    view._hear(None, {"take_in": file(candidates={"univ>supply": {"verdict": "accepted"}})}, [])
    assert not view.content["rows"]["about"][0]["problem"]
    assert set(view.state["candidates"]) == {"univ>supply"}
    view._hear(None, {"undo": True}, [])
    assert view.state == kept


# The figure.


def figure(lang: str) -> causal_map.CausalMap:
    return Explore(Words(lang)).causal_map(NODES, EDGES)


def asked(view: causal_map.CausalMap, **wish: object) -> dict:
    view._hear(None, wish, [])
    return view.content


@both_languages
def test_the_figure_carries_what_every_figure_carries(lang) -> None:
    view = figure(lang)
    content = view.content
    assert view.frame["id"] == "4.causal_map"
    assert view.frame["evidence"] == "teaching"
    assert "916" in view.frame["sources"]
    assert all(content[part] for part in ("title", "subtitle", "alt", "reading"))
    assert len(content["title"].split()) <= 15
    assert len(content["table"]["rows"]) == len(EDGES)
    assert len(view.fixed["rows"]["boxes"]) == 55


@both_languages
def test_hiding_the_inferences_leaves_no_loop_and_the_title_says_so(lang) -> None:
    view = figure(lang)
    whole = view.content
    assert len(whole["rows"]["loops"]) == 3
    assert {loop["sign"] for loop in whole["rows"]["loops"]} == {"reinforcing"}
    hidden = asked(view, look={"hidden": ["inference"], "counting": "all"})
    assert hidden["rows"]["loops"] == []
    assert hidden["title"] != whole["title"]
    assert hidden["reading"] != whole["reading"]
    for grade in ("text", "adjacent"):
        left = asked(view, look={"hidden": [grade], "counting": "all"})["rows"]["loops"]
        assert len(left) == datasets.figure4_grades().set_index("hidden").at[grade, "loops"] > 0


@both_languages
def test_a_flipped_arrow_of_a_loop_makes_it_balance(lang) -> None:
    view = figure(lang)
    before = view.content["title"]
    content = asked(view, edit={"do": "flip", "arrow": "tocap>anchor"})
    assert sorted(loop["sign"] for loop in content["rows"]["loops"]) == [
        "balancing", "reinforcing", "reinforcing",
    ]  # fmt: skip
    assert content["title"] != before


@both_languages
def test_only_accepted_arrows_close_loops_where_that_is_asked(lang) -> None:
    view = figure(lang)
    loop = view.content["rows"]["loops"][0]
    content = asked(view, look={"hidden": [], "counting": "accepted"})
    assert content["rows"]["about"][0]["arrows"] == 0
    for name in loop["arrows"]:
        content = asked(view, edit={"do": "accept", "arrow": name})
    assert [each["boxes"] for each in content["rows"]["loops"]] == [loop["boxes"]]


def test_the_title_counts_loops_that_lean_on_the_learners_own_arrows() -> None:
    view = figure("en")
    content = asked(view, edit=add("agencycap", "unlinked"))
    assert "1 of them only" in content["title"]
    assert content["rows"]["loops"][0]["arrows"] == ["own:agencycap>unlinked", "unlinked>agencycap"]
    assert content["rows"]["about"][0]["arrow"] == "own:agencycap>unlinked"


def test_undo_and_redo_walk_through_every_state_and_an_edit_ends_the_redo() -> None:
    view = figure("en")
    states = [view.state]
    for name in NAMES[:4]:
        asked(view, edit={"do": "reject", "arrow": name})
        states.append(view.state)
    for state in states[-2::-1]:
        asked(view, undo=True)
        assert view.state == state
    assert not view.content["rows"]["about"][0]["undo"]
    asked(view, undo=True)
    for state in states[1:3]:
        asked(view, redo=True)
        assert view.state == state
    asked(view, edit={"do": "clear"})
    assert view.state == mapwork.fresh()
    assert not view.content["rows"]["about"][0]["redo"]


def test_leverage_in_the_panel_is_what_the_library_counts() -> None:
    levers = {row["text"]: row["loops"] for row in figure("en").content["rows"]["levers"]}
    counted = causal.leverage(causal.loops(EDGES))
    boxes = counted[counted["to"] == ""]
    assert levers[BOXES[boxes.iloc[0]["from"]]] == boxes.iloc[0]["loops"]
    assert max(levers.values()) == counted["loops"].max()


def test_verdicts_are_tallied_by_grade() -> None:
    view = figure("en")
    grade = dict(zip(NAMES, EDGES["grade"], strict=True))
    chosen = random.Random(1).sample(NAMES, 20)
    for n, name in enumerate(chosen):
        asked(view, edit={"do": "accept" if n % 2 else "reject", "arrow": name})
    for row, key in zip(view.content["rows"]["tally"], mapwork.GRADES, strict=False):
        mine = [name for name in chosen if grade[name] == key]
        assert row["accepted"] == sum(chosen.index(name) % 2 for name in mine)
        assert row["accepted"] + row["rejected"] == len(mine)
        assert row["all"] == (EDGES["grade"] == key).sum()


@both_languages
def test_a_class_is_compared_arrow_by_arrow_and_bad_files_are_named(lang) -> None:
    view = figure(lang)
    accept, reject = ({"do": do, "arrow": "tocap>anchor"} for do in ("accept", "reject"))
    maps = [done(accept, add("supply", "univ")), done(accept), done(reject)]
    files = [{"name": f"{n}.json", "text": GROUND.write(m)} for n, m in enumerate(maps)]
    content = asked(view, **{"class": [*files, {"name": "bad.json", "text": "{"}]})
    about = content["rows"]["about"][0]
    assert about["maps"] == 3
    assert "bad.json" in about["problem"]
    rows = {row["arrow"]: row for row in content["rows"]["class"]}
    assert (rows["tocap>anchor"]["accepted"], rows["tocap>anchor"]["rejected"]) == (2, 1)
    assert rows[""]["accepted"] == 1, "an own arrow of somebody else"
    assert view.state == mapwork.fresh(), "one's own map stays as it is"
    asked(view, edit=accept)
    me, first, _, third = view.content["rows"]["maps"]
    assert [me["accepted"], me["loops"], me["alike"]] == [1, 3, "–"]
    assert [first["name"], first["own"], first["alike"]] == ["0.json", 1, "1/1"]
    assert [third["rejected"], third["loops"], third["alike"]] == [1, 2, "0/1"]
    wide = len(content["table"]["columns"])
    gone = asked(view, **{"class": []})
    assert gone["rows"]["about"][0]["maps"] == 0
    assert len(gone["table"]["columns"]) == wide - 1
    too_many = asked(view, **{"class": files * 30})["rows"]["about"][0]
    assert "90" in too_many["problem"]


def test_maps_that_come_late_are_added_and_none_takes_the_place_of_another() -> None:
    view = figure("en")
    flip, turn = ({"do": do, "arrow": "tocap>anchor"} for do in ("flip", "turn"))
    for n, change in enumerate((flip, turn, turn), 1):
        file = {"name": "figure4-map.json", "text": GROUND.write(done(change))}
        rows = asked(view, **{"class": [file]})["rows"]
        assert len(rows["maps"]) == 1 + min(n, 2), "the same map opened twice is one"
    assert [row["name"] for row in rows["maps"][1:]] == ["figure4-map.json", "figure4-map.json (2)"]
    assert [row["balancing"] for row in rows["maps"]] == [0, 1, 0]


def test_only_bad_files_leave_the_comparison_as_it_was() -> None:
    view = figure("en")
    good = {"name": "a.json", "text": GROUND.write(mapwork.fresh())}
    asked(view, **{"class": [good]})
    asked(view, **{"class": [{"name": "b.json", "text": "?"}]})
    assert view.content["rows"]["about"][0]["maps"] == 1


def test_the_file_that_is_taken_out_is_the_file_that_is_taken_in() -> None:
    view, sent = figure("en"), []
    view.send = lambda message, *_: sent.append(message)
    asked(view, edit=add("supply", "univ", "-", "why not"))
    asked(view, take_out=True)
    other = figure("en")
    (taken,) = (message for message in sent if "file" in message)
    asked(other, take_in=taken["file"])
    assert other.state == view.state
    assert taken["name"].endswith(".json")


@pytest.mark.parametrize("wish", [{}, {"burn": 1}, {"edit": {}}, {"edit": {"do": "add"}}])
def test_what_makes_no_sense_changes_nothing(wish) -> None:
    view = figure("en")
    asked(view, **wish)
    assert view.state == mapwork.fresh()


# Kept with the learner's work.


def test_the_map_is_kept_at_every_edit_and_shown_again(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    monkeypatch.delenv("KIT_SERVED", raising=False)
    kit = open_kit("en")
    view = kit.explore.causal_map(NODES, EDGES)
    for name in NAMES[:25]:
        asked(view, edit={"do": "accept", "arrow": name})
    again = open_kit("ko").explore.causal_map(NODES, EDGES)
    assert again.state == view.state
    assert len(again.state["candidates"]) == 25
    with closing(sqlite3.connect(tmp_path / "work.sqlite")) as db:
        (states,) = db.execute("select count(*) from work where piece = 'map/figure4'").fetchone()
    assert states == progress.KEPT
    kit.desk._do({"forget": True})
    assert view.state == mapwork.fresh()


def files(*maps: mapwork.State, name: str = "") -> dict[str, list[dict[str, str]]]:
    """What the page sends when map files are chosen."""
    texts = [GROUND.write(state) for state in maps]
    return {"class": [{"name": name or f"{n}.json", "text": t} for n, t in enumerate(texts)]}


ACCEPTED, TURNED = (done({"do": do, "arrow": "tocap>anchor"}) for do in ("accept", "turn"))


def test_the_maps_of_a_class_are_kept_and_shown_again(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    monkeypatch.delenv("KIT_SERVED", raising=False)
    kit = open_kit("en")
    view = kit.explore.causal_map(NODES, EDGES)
    asked(view, edit={"do": "accept", "arrow": "univ>supply"})
    maps = asked(view, **files(ACCEPTED, done(add("supply", "univ", why="so"))))["rows"]["maps"]
    again = open_kit("ko").explore.causal_map(NODES, EDGES)
    rows = again.content["rows"]
    assert [row["name"] for row in rows["maps"][1:]] == ["0.json", "1.json"]
    assert [{**row, "name": ""} for row in rows["maps"]] == [{**row, "name": ""} for row in maps]
    assert rows["about"][0]["maps"] == 2
    assert again.state == view.state
    asked(view, **{"class": []})
    assert not open_kit("en").explore.causal_map(NODES, EDGES).shelf.maps
    asked(view, **files(ACCEPTED))
    kit.desk._do({"forget": True})
    assert view.content["rows"]["about"][0]["maps"] == 0


@both_languages
@pytest.mark.parametrize(
    ("work", "left"),
    [
        ({"maps": "x"}, 0),
        ({"maps": ["x"]}, 0),
        ({"maps": {str(n): ACCEPTED for n in range(61)}}, 0),
        ({"maps": {"a": ACCEPTED, "torn": None}}, 1),
        ({"maps": {"a": ACCEPTED, "torn": {"candidates": {"old>gone": {}}, "own": []}}}, 1),
        ({"maps": {"a": ACCEPTED, "torn": {"candidates": {}, "own": [OWN, OWN]}}}, 1),
        ({"maps": {"a": ACCEPTED, "torn" * 40: TURNED}}, 1),
    ],
)
def test_class_maps_that_no_longer_fit_are_left_out_and_said(lang, work, left) -> None:
    view, kept = figure(lang), []
    view.shelf.keep = kept.append
    view.restore(TURNED)
    view.shelf.restore(work)
    about = view.content["rows"]["about"][0]
    assert about["maps"] == left
    assert ("torn" in about["problem"]) == bool(left)
    assert about["problem"]
    assert view.state == TURNED, "one's own map stays as it is"
    assert kept == [], "what is kept is not written over"
    assert not asked(view, look={})["rows"]["about"][0]["problem"], "it is said once"
    asked(view, **files(TURNED))
    assert len(kept[-1]["maps"]) == left + 1


def test_both_what_is_lost_of_a_map_and_of_a_class_are_said() -> None:
    view = figure("en")
    view.restore({"candidates": {"old>gone": {"verdict": "accepted"}}, "own": []})
    view.shelf.restore({"maps": {"torn": None}})
    assert all(name in view.content["rows"]["about"][0]["problem"] for name in ("old>gone", "torn"))


def large() -> mapwork.State:
    """The largest map that can be drawn."""
    marks = {name: {"verdict": "rejected", "turned": True, "flipped": True} for name in NAMES}
    ends = ((a, b) for a in GROUND.boxes for b in GROUND.boxes if a != b)
    free = [e for e in ends if not {mapwork.name(*e), mapwork.name(*e[::-1])} & set(NAMES)]
    own = [dict(zip(("from", "to", "sign", "why"), (*ends, "+", "가" * 300), strict=True))
           for ends in free[: mapwork.MOST_OWN]]  # fmt: skip
    return GROUND.prove({"candidates": marks, "own": own})


def test_a_class_that_would_not_fit_what_may_be_kept_is_refused_whole() -> None:
    view, kept = figure("en"), []
    view.shelf.keep = kept.append
    asked(view, **files(ACCEPTED))
    before = view.content["rows"]["maps"]
    texts = [{**mapwork.fresh(), **large(), "own": large()["own"][n:]} for n in range(40)]
    content = asked(view, **files(*texts, name="large.json"))
    assert "256" in content["rows"]["about"][0]["problem"]
    assert content["rows"]["maps"] == before
    assert len(kept) == 1


def test_a_full_class_of_maps_judged_whole_fits_what_may_be_kept() -> None:
    view, kept = figure("en"), []
    view.shelf.keep = kept.append
    judged = [{"candidates": {name: {"verdict": "accepted"} for name in NAMES[n % 9 :]}, "own": []}
              for n in range(causal_map.MOST_FILES)]  # fmt: skip
    content = asked(view, **files(*judged))
    assert not content["rows"]["about"][0]["problem"]
    assert len(kept[-1]["maps"]) == causal_map.MOST_FILES
    assert len(json.dumps(kept[-1], ensure_ascii=False).encode()) < progress.LIMIT


def test_a_name_that_cannot_be_written_down_is_mended() -> None:
    view, kept = figure("en"), []
    view.shelf.keep = kept.append
    asked(view, **files(ACCEPTED, name="\ud800" + "n" * 200))
    (name,) = kept[-1]["maps"]
    assert name.encode()
    assert len(name) <= 70
    view.shelf.restore(kept[-1])
    assert not view.content["rows"]["about"][0]["problem"]


def test_the_largest_map_fits_what_may_be_kept() -> None:
    state = large()
    assert len(state["own"]) == mapwork.MOST_OWN
    assert len(json.dumps(state, ensure_ascii=False).encode()) < progress.LIMIT
    assert GROUND.read(GROUND.write(state)) == state


def test_a_kept_map_that_no_longer_fits_is_said_and_not_written_over() -> None:
    view, kept = figure("en"), []
    view.keep = kept.append
    view.restore({"candidates": {"old>gone": {"verdict": "accepted"}}, "own": []})
    assert "old>gone" in view.content["rows"]["about"][0]["problem"]
    assert kept == []

"""Records what Alembic answers on random histories, for src/revision/alembic-traversal.test.ts.

Usage: python record_traversal.py > alembic-traversal.json   (with Alembic installed)
"""
import json
import random
import sys
import types
import warnings
from unittest import mock

import alembic
from alembic.runtime.migration import HeadMaintainer, MigrationStep
from alembic.script.base import ScriptDirectory
from alembic.script.revision import (
    MultipleHeads,
    RangeNotAncestorError,
    ResolutionError,
    Revision,
    RevisionError,
    RevisionMap,
)

warnings.simplefilter("ignore")


class Script(Revision):
    doc = ""
    module = types.SimpleNamespace(upgrade=lambda: None, downgrade=lambda: None)


def history(rng):
    size = rng.randint(1, 9)
    ids = []
    while len(ids) < size:
        new = "".join(rng.choice("0123456789abcdef") for _ in range(6))
        if new not in ids:
            ids.append(new)
    revisions = []
    for at, revision in enumerate(ids):
        earlier = ids[:at]
        recent = earlier[-4:]
        parents = rng.choices([0, 1, 2, 3], [15, 65, 17, 3])[0] if at else 0
        down = rng.sample(recent, min(parents, len(recent)))
        others = [each for each in earlier if each not in down]
        depends = rng.sample(others, 1) if others and rng.random() < 0.15 else []
        label = ["label%d" % at] if rng.random() < 0.2 else []
        revisions.append(
            {
                "revision": revision,
                "downRevisions": down,
                "dependsOn": depends,
                "branchLabels": label,
            }
        )
    for each in revisions:
        each["dependsOn"] = [
            next(
                (r["branchLabels"][0] for r in revisions if r["revision"] == dep and r["branchLabels"]),
                dep,
            )
            if rng.random() < 0.5
            else dep
            for dep in each["dependsOn"]
        ]
    return revisions


def build(revisions):
    return RevisionMap(
        lambda: [
            Script(
                each["revision"],
                tuple(each["downRevisions"]) or None,
                dependencies=tuple(each["dependsOn"]) or None,
                branch_labels=tuple(each["branchLabels"]) or None,
            )
            for each in revisions
        ]
    )


def rows_of(map_, rng):
    ids = [key for key, rev in map_._revision_map.items() if rev is not None and key == rev.revision]
    chosen = rng.sample(ids, rng.choice([0, 1, 1, 1, 2, 3]) if len(ids) > 2 else rng.randint(0, 1))
    applied = {r.revision for r in map_._get_ancestor_nodes(map_.get_revisions(tuple(chosen)))} if chosen else set()
    covered = {down for each in applied for down in map_._revision_map[each]._all_down_revisions}
    return sorted(applied - covered)


def targets(revisions, rng):
    ids = [each["revision"] for each in revisions]
    labels = [label for each in revisions for label in each["branchLabels"]]
    def name():
        word = rng.choice(ids + labels + ids)
        return word[: rng.choice([4, 6, 6])] if word in ids else word
    branch = rng.choice(labels) if labels and rng.random() < 0.7 else rng.choice(ids)
    steps = "%+d" % rng.choice([-3, -2, -1, -1, 1, 1, 2, 3])
    return rng.choice(
        [
            "head", "heads", "base", name(), name(), steps, steps,
            name() + steps, branch + "@head", branch + "@heads", branch + "@base",
            branch + "@" + name(), branch + "@" + steps, branch + "@head" + "-1",
            "base+2", "head-1", branch + "@base+2", "nothing",
        ]
    )


def code(error, command):
    text = str(error)
    if isinstance(error, MultipleHeads):
        return "MULTIPLE_HEADS"
    if isinstance(error, RangeNotAncestorError):
        return "INVALID_RANGE" if command == "history" else "NOT_A_DOWNGRADE_TARGET"
    if isinstance(error, ResolutionError):
        return "REVISION_AMBIGUOUS" if text.startswith("Multiple") else "REVISION_NOT_FOUND"
    if isinstance(error, RevisionError):
        if text.startswith("Ambiguous"):
            return "AMBIGUOUS_WALK"
        if text.startswith("Relative revision") or text == "Walked too far":
            return "RELATIVE_OUT_OF_RANGE"
        if text.startswith("Not a valid downgrade"):
            return "NOT_A_DOWNGRADE_TARGET"
    return "crash: %s %s" % (type(error).__name__, text)


def directory(map_):
    script = ScriptDirectory.__new__(ScriptDirectory)
    script.__dict__["revision_map"] = map_
    return script


def answer(map_, command, rows, target):
    script = directory(map_)
    try:
        if command == "history":
            lower, upper = target.split(":")
            ids = [
                rev.revision
                for rev in map_.iterate_revisions(
                    upper or "heads", lower or "base", inclusive=True, assert_relative_length=False
                )
            ]
            return {"revisions": sorted(ids)}
        if command == "stamp":
            steps = script._stamp_revs(target, tuple(rows))
            ids = []
        elif command == "upgrade":
            revs = list(map_.iterate_revisions(target, tuple(rows), implicit_base=True))[::-1]
            ids = [rev.revision for rev in revs]
            steps = [MigrationStep.upgrade_from_script(map_, rev) for rev in revs]
        else:
            revs = list(map_.iterate_revisions(tuple(rows), target, select_for_downgrade=True))
            ids = [rev.revision for rev in revs]
            steps = [MigrationStep.downgrade_from_script(map_, rev) for rev in revs]
    except Exception as error:
        cause = error.__cause__ if not isinstance(error, RevisionError) and error.__cause__ else error
        return {"error": code(cause, command)}
    heads = HeadMaintainer(mock.Mock(), rows)
    try:
        for step in steps:
            heads.update_to_step(step)
    except Exception as error:
        return {"revisions": sorted(ids), "rows": "crash: %s" % type(error).__name__}
    return {"revisions": sorted(ids), "rows": sorted(heads.heads)}


def differs(command, rows, target):
    """Targets that are answered otherwise on purpose; the other tests say how."""
    branch, _, place = target.rpartition("@")
    steps_alone = place[0] in "+-"
    if command == "stamp":
        return place[-2] in "+-" or (place == "heads" and rows) or (branch and place not in ("base", "head"))
    if command == "downgrade":
        if steps_alone:
            return not branch and len(rows) > 1
        return branch and not place.startswith("base")
    return False


def main(seed, count):
    rng = random.Random(seed)
    histories = []
    while len(histories) < count:
        revisions = history(rng)
        map_ = build(revisions)
        cases = []
        for _ in range(24):
            command = rng.choice(["upgrade", "upgrade", "downgrade", "downgrade", "stamp", "history"])
            rows = [] if command == "history" else rows_of(map_, rng)
            target = targets(revisions, rng)
            if differs(command, rows, target):
                continue
            if command == "history":
                ids = [each["revision"] for each in revisions]
                target = rng.choice(["", "base", rng.choice(ids), rng.choice(ids)[:4]]) + ":" + rng.choice(
                    ["", "head", "heads", rng.choice(ids), rng.choice(ids), "+2"]
                )
            case = {"command": command, "rows": rows, "target": target}
            if case in [{k: c[k] for k in case} for c in cases]:
                continue
            cases.append({**case, "expected": answer(map_, command, rows, target)})
        nodes = [rev for key, rev in map_._revision_map.items() if rev is not None and key == rev.revision]
        histories.append(
            {
                "revisions": revisions,
                "heads": sorted(map_.heads),
                "realHeads": sorted(map_._real_heads),
                "bases": sorted(map_.bases),
                "labels": {rev.revision: sorted(rev.branch_labels) for rev in nodes if rev.branch_labels},
                "cases": cases,
            }
        )
    print(
        json.dumps({"alembic": alembic.__version__, "seed": seed}, sort_keys=True)[:-1] + ', "histories": ['
    )
    print(",\n".join(json.dumps(each) for each in histories))
    print("]}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1, int(sys.argv[2]) if len(sys.argv) > 2 else 120)

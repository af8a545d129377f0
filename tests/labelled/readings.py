#!/usr/bin/env python3
"""Composes the labels of the check half from what its readers wrote, and measures how far they agree.

    readings.py CHECK_DIR              writes CHECK_DIR/labels.jsonl
    readings.py CHECK_DIR --agreement  prints the readers' agreement as JSON instead

CHECK_DIR/readings/ holds `a.txt` and `b.txt`, two readings made apart from each other, and `settled.txt`, a third that
saw only where the two differ and decides. Each is a list of `=== id` blocks with label lines as in compose.py. What
conventions.py fixes or measures is not judged by readers; where all leave it out it is no part of their agreement.
"""
import collections
import json
import pathlib
import sys

import conventions

VERDICTS = {"+": "met", "-": "missed", "0": "not_applicable", "?": "not_assessed"}


def read(path):
    """{id: {practice: verdict}} of one reading."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("==="):
            current = found.setdefault(line.split()[1], {})
        elif line[:1] in VERDICTS:
            for name in line[1:].split():
                practice = conventions.full_id(name)
                if practice is None or practice in current:
                    sys.exit(f"{path}: {line}: {'twice' if practice else 'unknown'}: {name}")
                current[practice] = VERDICTS[line[0]]
    return found


def kappa(pairs):
    """Cohen's kappa (1960); nothing where chance alone agrees wholly."""
    count = len(pairs)
    if count == 0:
        return None
    observed = sum(a == b for a, b in pairs) / count
    left, right = (collections.Counter(side) for side in zip(*pairs))
    chance = sum(left[verdict] * right[verdict] for verdict in left) / count ** 2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def of_three(pairs):
    return [pair for pair in pairs if "not_assessed" not in pair]


def of_two(pairs):
    return [pair for pair in pairs if set(pair) <= {"met", "missed"}]


def agreement(pairs):
    """Cases, share of equal verdicts and both kappas, rounded to thousandths."""
    three, two = of_three(pairs), of_two(pairs)
    rounded = lambda value: None if value is None else round(value, 3)
    equal = sum(a == b for a, b in three) / len(three) if three else None
    return {"n": len(three), "accuracy": rounded(equal), "kappa_3": rounded(kappa(three)), "kappa_2": rounded(kappa(two))}


def main(arguments):
    folder = pathlib.Path(arguments[0])
    conversations = [json.loads(line) for name in ("conversations.jsonl", "star.jsonl")
                     for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    readings = {name: read(folder / "readings" / f"{name}.txt") for name in ("a", "b", "settled")}
    labels, pairs = [], collections.defaultdict(list)
    for conversation in conversations:
        known = conversation["id"]
        fixed = {**conventions.conventional(conversation), **conventions.measured(conversation)}
        both = [{**fixed, **readings[name][known]} for name in ("a", "b")]
        verdicts = {}
        for practice in conventions.PRACTICES:
            a, b = (verdict[practice] for verdict in both)
            verdicts[practice] = a if a == b else readings["settled"][known][practice]
            if practice in readings["a"][known] or practice in readings["b"][known]:
                pairs[practice].append((a, b))
        labels.append({"id": known, "verdicts": verdicts})
    if "--agreement" in arguments:
        overall = [pair for practice in conventions.PRACTICES for pair in pairs[practice]]
        print(json.dumps({"overall": agreement(overall),
                          "practices": {practice: agreement(pairs[practice]) for practice in conventions.PRACTICES}}, indent=1))
        return
    (folder / "labels.jsonl").write_text("".join(json.dumps(row) + "\n" for row in labels), encoding="utf-8")
    print(f"{len(conversations)} conversations")


if __name__ == "__main__":
    main(sys.argv[1:])

#!/usr/bin/env python3
"""Fit the weights of the role filling: `roles.py --data FOLDER [--check]` (needs numpy, scikit-learn and
english-words).

FOLDER holds the MUC-4 corpus: messages `dev/dev-muc3-*` and `roles/dev.json` with the fillers of each message; only these
1,300 messages are read, the test sets are for measuring. The features are those that the program sees (`cargo xtask
features roles`), so the fit follows every change of frames, grammar or actors: run it again after one. Writes
`models/roles.tsv`; `--check` only prints how well five-fold cross-validation does.

A candidate is right for a slot if one of the phrases that name it is among the slot's fillers in its message. L1 keeps
few weights; a feature must stand in at least four candidates, and a word in it must be one of the dictionary: nobody's
name is learned.
"""
import argparse
import json
import pathlib
import re
import subprocess
from collections import Counter

import numpy as np
from english_words import get_english_words_set
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = pathlib.Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "models/roles.tsv"
SLOTS = {"individual": "PerpInd", "organization": "PerpOrg", "target": "Target", "victim": "Victim", "weapon": "Weapon"}
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
RAREST, COST, FOLDS = 4, 0.6, 5


# Where in a feature a word of the text stands.
WORD = {"head": 1, "mod": 1, "trigger": 1, "gov": 2}


def is_general(feature, dictionary):
    parts = feature.split(":")
    at = WORD.get(parts[0])
    return at is None or parts[at] in dictionary or parts[at] == "name"


def messages(folder):
    for path in sorted(folder.glob("dev/dev-muc3-*")):
        for part in re.split(r"(?m)^(?=DEV-MUC\d-\d+)", path.read_text(encoding="latin-1")):
            head, _, body = part.partition("\n")
            if not body.strip():
                continue
            text = "\n\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", body) if p.strip())
            day = re.search(r"\b(\d{1,2}) ([A-Z]{3})\w*\.? (\d\d)\b", text[:200], re.I)
            known = day and day[2].upper() in MONTHS
            published = f"19{day[3]}-{MONTHS.index(day[2].upper()) + 1:02}-{int(day[1]):02}" if known else None
            yield {"url": head.split()[0], "text": text} | ({"published": published} if published else {})


def norm(text):
    words = re.sub(r"[^\w\s]", "", text.lower()).split()
    return " ".join(word for word in words if word not in ("a", "an", "the"))


def candidates(folder):
    """(message, features, phrases) of every candidate, and the fillers of every message."""
    lines = "".join(json.dumps(message) + "\n" for message in messages(folder))
    command = ["cargo", "run", "--release", "-q", "-p", "xtask", "--", "features", "roles"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=ROOT, check=True)
    gold = {}
    for line in open(folder / "roles/dev.json"):
        row = json.loads(line)
        gold[row["docid"]] = [[{norm(m[0]) for m in e} for e in row["extracts"][name] if e] for name in SLOTS.values()]
    found = []
    for line in done.stdout.splitlines():
        report = json.loads(line)
        for one in report["candidates"]:
            found.append((report["url"], one["features"], {norm(p) for p in one["phrases"]} - {""}))
    return found, gold


def matched(gold, said):
    """How many fillers distinct predicted phrases stand for."""
    taken = {}

    def place(at, seen):
        for g, names in enumerate(gold):
            if g not in seen and said[at] <= names:
                seen.add(g)
                if g not in taken or place(taken[g], seen):
                    taken[g] = at
                    return True
        return False
    return sum(place(at, set()) for at in range(len(said)))


def score(found, gold, slot, probabilities, least):
    """Matches, predictions and fillers of a slot at a least probability."""
    said = {}
    for (message, _, phrases), p in zip(found, probabilities):
        if p >= least and phrases:
            kept = said.setdefault(message, [])
            if not any(phrases & other for other in kept):
                kept.append(phrases)
    hits = sum(matched(gold[message][slot], kept) for message, kept in said.items())
    return hits, sum(map(len, said.values())), sum(len(rows[slot]) for rows in gold.values())


def f1(hits, said, gold):
    return 2 * hits / (said + gold) if said + gold else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data/muc4")
    parser.add_argument("--check", action="store_true")
    o = parser.parse_args()
    found, gold = candidates(o.data)
    counts = Counter(feature for _, features, _ in found for feature in features)
    dictionary = {word for word in get_english_words_set(["web2", "gcide"]) if word.islower()}
    names = sorted(f for f, count in counts.items() if count >= RAREST and is_general(f, dictionary))
    number = {feature: n for n, feature in enumerate(names)}
    cells = [(row, number[f]) for row, (_, features, _) in enumerate(found) for f in features if f in number]
    rows, columns = np.array(cells, dtype=np.int32).T
    x = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(found), len(names)))
    order = {message: n for n, message in enumerate(gold)}
    fold = np.array([order[message] % FOLDS for message, _, _ in found])
    lines, total = [], np.zeros(3)
    for slot, name in enumerate(SLOTS):
        y = np.array([any(phrases & g for g in gold[message][slot]) for message, _, phrases in found])
        fit = lambda at: LogisticRegression(C=COST, l1_ratio=1, solver="liblinear", max_iter=500).fit(x[at], y[at])
        p = np.zeros(len(found))
        for k in range(FOLDS):
            p[fold == k] = fit(fold != k).predict_proba(x[fold == k])[:, 1]
        least = max(np.arange(0.10, 0.50, 0.02), key=lambda t: f1(*score(found, gold, slot, p, t)))
        hits, said, all_ = result = np.array(score(found, gold, slot, p, least))
        total += result
        print(f"{name:13} P {hits / said:.3f}  R {hits / all_:.3f}  F1 {f1(*result):.3f}  from {least:.2f}")
        model = fit(np.ones(len(found), bool))
        lines += [f"{name}\tleast\t{least:.2f}", f"{name}\tbias\t{model.intercept_[0]:.3f}"]
        lines += [f"{name}\t{names[n]}\t{w:.3f}" for n, w in enumerate(model.coef_[0]) if abs(w) >= 0.005]
    print(f"all           P {total[0] / total[1]:.3f}  R {total[0] / total[2]:.3f}  F1 {f1(*total):.3f}  {len(lines)} weights")
    if not o.check:
        head = "# Weights of the role filling: slot, feature, weight. Fitted by training/roles.py; see roles.md.\n"
        WEIGHTS.write_text(head + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

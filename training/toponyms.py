#!/usr/bin/env python3
"""Fit the weights of the toponym ranking: `toponyms.py --data FOLDER [--rounds N]` (needs numpy).

FOLDER holds `lgl.xml` (Local-Global Lexicon, Lieberman et al. 2010) and `GWN.xml` (GeoWebNews, Gritta et al. 2019).
Only their odd-numbered articles are read; the even ones are for measuring. Reads and writes `models/toponyms.tsv`.

Two models, both linear in the clues of `crates/core/src/places/rank.rs`:
  mention     logistic: are these words a toponym? Words that overlap an annotated toponym are; parts of road names and
              words for peoples are not, whatever the corpus says.
  candidate   softmax over the bearers of a name and the choice that none of them is meant: which lies where the
              annotators put it (within 40 km, else 161 km)?
The clues of a candidate depend on the probabilities of the others, so the fit is repeated with the clues of the last.
The ridge pulls towards prior means, not towards 0: two corpora say little of rare clues ("Paris, Texas" in world news).
"""
import argparse
import json
import math
import pathlib
import re
import subprocess
import xml.etree.ElementTree as ET

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "models/toponyms.tsv"
LITERAL = {None, "Literal", "Coercion", "Mixed", "Embedded_Literal"}
TOPONYM = LITERAL - {None} | {"Metonymic"}
OTHER = {"Demonym", "Homonym", "Language", "Non_Toponym"}
PRIOR = {
    "mention": {"bias": -2.5, "gpe_whole": 2.5, "loc_whole": 1.5, "road": -3.0, "people": -4.0, "person_part": -2.5,
                "org_trade": -3.0, "qualified": 2.5, "in": 2.0, "dateline": 2.5, "acronym": -2.0, "ordinary": -2.0, "small_elsewhere": -1.5, "known": 3.0, "country": 1.0, "capital": 1.5, "standing": 2.0,
                "subject": -0.3},
    "candidate": {"population": 1.0, "share": 1.0, "within": 6.0, "holds": 4.0, "near": 2.0, "kind_said": 1.5,
                  "same_country": 2.0, "same_admin1": 2.5, "nearest": 2.0, "support": 1.0, "outlet": 1.0, "dateline": 1.0,
                  "variant": -1.5, "short": -1.5, "names_town": -3.0, "names_country": -6.0, "filed": 1.5, "famous": 1.5, "off_country": -2.0, "feature": -0.3, "facility": -0.3},
}


def clue_names(enum):
    body = (ROOT / "crates/core/src/places/rank.rs").read_text().split(f"    {enum} {{")[1].split("\n    }")[0]
    return re.findall(r'= "(\w+)"', body)


CLUES = {"mention": clue_names("MentionClue"), "candidate": clue_names("CandidateClue")}


def load_weights():
    weights = {kind: np.zeros(len(names)) for kind, names in CLUES.items()}
    for line in WEIGHTS.read_text().splitlines():
        if line and not line.startswith("#"):
            kind, clue, weight = line.split("\t")
            if clue in CLUES[kind]:
                weights[kind][CLUES[kind].index(clue)] = float(weight)
    return weights


def save_weights(weights):
    head = [line for line in WEIGHTS.read_text().splitlines() if line.startswith("#")]
    rows = [f"{kind}\t{clue}\t{weights[kind][n]:.2f}" for kind in CLUES for n, clue in enumerate(CLUES[kind])]
    WEIGHTS.write_text("\n".join(head + rows) + "\n")


def km(a, b):
    la, lo, lb, lp = map(math.radians, (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


def articles(path, half=1):
    """(report, gold toponyms) of the odd articles (half 1) or the even ones (half 0)."""
    for number, article in enumerate(ET.parse(path).getroot().iter("article")):
        if half is not None and number % 2 != half:
            continue
        text = article.findtext("text") or ""
        gold = []
        for t in article.iter("toponym"):
            start, end = int(t.findtext("start")), int(t.findtext("end"))
            where = t.findtext(".//lat") or t.findtext("latitude"), t.findtext(".//lon") or t.findtext("longitude")
            if text[start:end] == (t.findtext("phrase") or t.findtext("extractedName")):
                gold.append({"span": (start, end), "kind": t.findtext("type"),
                             "literal": t.findtext("type") in LITERAL and t.findtext("nonLocational") != "Yes",
                             "point": tuple(map(float, where)) if all(where) else None})
        yield {"text": text, "url": (article.findtext("url") or article.findtext("link") or "").strip() or None,
               "source": (article.findtext("domain") or "").strip() or None}, gold


def features(reports):
    feed = "".join(json.dumps(report) + "\n" for report in reports)
    command = ["cargo", "run", "--quiet", "--release", "--package", "xtask", "--", "features", "toponyms"]
    done = subprocess.run(command, input=feed, capture_output=True, text=True, check=True, cwd=ROOT)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def capitals(report):
    upper = "".join(c.upper() if len(c.upper()) == 1 else c for c in report["text"])
    return {**report, "text": upper}


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def examples(paths):
    rows, labels, names = [], [], []
    road, people = (CLUES["mention"].index(clue) for clue in ("road", "people"))
    for path in paths:
        reports, golds = zip(*articles(path))
        # Wires and flashes come in capitals; so that the clues hold there too, every fourth article is read so as well.
        shouted = [(capitals(r), g) for r, g in list(zip(reports, golds))[::4]]
        reports, golds = (*reports, *(r for r, _ in shouted)), (*golds, *(g for _, g in shouted))
        for read, gold in zip(features(reports), golds):
            for mention in read["mentions"]:
                kinds = {g["kind"] for g in gold if overlap(g["span"], mention["span"])}
                if mention["clues"][road] or mention["clues"][people] or not kinds or kinds & OTHER:
                    label = 0
                elif kinds & TOPONYM or None in kinds:
                    label = 1
                else:
                    continue      # GeoWebNews marks words that only suggest a place
                rows.append(mention["clues"])
                labels.append(label)
            for name in read["names"]:
                points = [g["point"] for g in gold for m in name["mentions"] if g["point"] and g["literal"] and overlap(g["span"], m)]
                if not points or not name["places"]:
                    continue
                point = max(points, key=points.count)
                far = np.array([km((p["lat"], p["lon"]), point) for p in name["places"]])
                right = far <= (40 if far.min() <= 40 else 161)
                unlisted = [float(clue == "unlisted") for clue in CLUES["candidate"]]
                rows_of_name = np.array([p["clues"] for p in name["places"]] + [unlisted])
                names.append((rows_of_name, np.append(right, not right.any()).astype(float), math.sqrt(min(len(points), 4))))
    return np.array(rows), np.array(labels, float), names


def descend(gradient, weights, steps=1500, rate=0.04):
    """Adam, from where the weights are."""
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        slope = gradient(weights)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope * slope
        weights = weights - rate * (first / (1 - 0.9 ** step)) / (np.sqrt(second / (1 - 0.999 ** step)) + 1e-8)
    return weights


def prior(kind):
    return np.array([PRIOR[kind].get(clue, 0.0) for clue in CLUES[kind]])


def fit_mention(rows, labels, start, ridge=3.0):
    mean = prior("mention")
    return descend(lambda w: (rows.T @ (1 / (1 + np.exp(-rows @ w)) - labels) + ridge * (w - mean)) / len(labels), start)


def fit_candidate(names, start, ridge=6.0):
    mean = prior("candidate")
    starts = np.cumsum([0] + [len(right) for _, right, _ in names])[:-1]
    of = np.repeat(np.arange(len(names)), [len(right) for _, right, _ in names])
    clues, right = np.concatenate([c for c, _, _ in names]), np.concatenate([r for _, r, _ in names])
    weight = np.array([w for _, _, w in names])[of]

    def gradient(w):
        score = clues @ w
        share = np.exp(score - np.maximum.reduceat(score, starts)[of])
        said = share / np.add.reduceat(share, starts)[of]
        meant = share * right
        meant = meant / (np.add.reduceat(meant, starts) + 1e-30)[of]
        return (clues.T @ ((said - meant) * weight) + ridge * (w - mean)) / len(names)
    return descend(gradient, start)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    o = parser.parse_args()
    paths = [o.data / "lgl.xml", o.data / "GWN.xml"]
    for number in range(o.rounds):
        weights = load_weights()
        rows, labels, names = examples(paths)
        weights["mention"] = fit_mention(rows, labels, weights["mention"])
        weights["candidate"] = fit_candidate(names, weights["candidate"])
        save_weights(weights)
        print(f"round {number + 1}: {len(labels)} mentions, {len(names)} names")


if __name__ == "__main__":
    main()

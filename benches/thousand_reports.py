#!/usr/bin/env python3
"""A thousand reports as JSON Lines from the benchmark data: `thousand_reports.py SHARED > reports.jsonl`."""
import itertools
import json
import re
import sys
import xml.etree.ElementTree as tree
from pathlib import Path

data = Path(sys.argv[1], "data")


def wires():
    for path in sorted((data / "muc4/dev").glob("dev-muc3-*")):
        for part in re.split(r"(?m)^(?=DEV-MUC3-\d+)", path.read_text(encoding="latin-1")):
            _, _, body = part.partition("\n")
            if body.strip():
                yield "\n\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", body) if p.strip())


def politics():
    for path in sorted((data / "polnear/train/text").glob("*.txt")):
        yield path.read_text()


def local():
    for article in tree.parse(data / "geo/lgl.xml").getroot().iter("article"):
        yield article.findtext("text") or ""


texts = itertools.chain(itertools.islice(wires(), 400), itertools.islice(politics(), 300), itertools.islice(local(), 300))
for number, text in enumerate(texts):
    print(json.dumps({"url": f"https://reports.example/{number}", "published": "2020-01-15", "text": text}))

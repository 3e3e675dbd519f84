#!/usr/bin/env python3
"""Counts in which case words stand inside sentences, for restoring the case of capitals and headlines.

    python3 training/word_case.py models/word_case.bin TEXT.jsonl…

Each line of the inputs is a JSON string with a text in ordinary case. Only figures about words leave them: for a word
in lower case, how often of ten it is capitalised inside a sentence, with its usual form where that is not just a
capital first letter; the same for pairs of neighbouring words.
"""
import json
import re
import sys
from collections import Counter, defaultdict

from container import Container

WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?|\S")
LEAST_WORD, LEAST_PAIR = 2, 3

forms, pairs = defaultdict(Counter), defaultdict(Counter)
for path in sys.argv[2:]:
    for line in open(path):
        for sentence in re.split(r"(?<=[.!?…])['\"”’)]*\s+|\n+", json.loads(line)):
            words = WORD.findall(sentence)
            letters = [w for w in words if w[0].isalpha()]
            big = sum(w[0].isupper() for w in letters)
            # Headlines, slogans and shouting say nothing about usual case.
            if len(letters) < 5 or big > 0.6 * len(letters):
                continue
            for at, word in enumerate(words):
                before = words[at - 1] if at else None
                if before is None or before in "\"'“‘(:[—-–" or not word[0].isalpha():
                    continue
                bare = word.rstrip(".") if word.count(".") == 1 else word
                forms[bare.lower()][bare] += 1
                is_big = bare[0].isupper()
                pairs[f"{before.lower().rstrip('.')} {bare.lower()}"][("second", is_big)] += 1
                if at >= 2:
                    first = before.rstrip(".")
                    pairs[f"{first.lower()} {bare.lower()}"][("first", first[:1].isupper())] += 1

tenth = lambda big, small: str(min(9, round(9 * big / (big + small))))
words = {}
for word, seen in forms.items():
    total = sum(seen.values())
    big = sum(n for form, n in seen.items() if form[0].isupper())
    if total < LEAST_WORD or len(word) > 24:
        continue
    capitals = [(n, form) for form, n in seen.items() if form[0].isupper()]
    usual = max(capitals)[1] if capitals else ""
    words[word] = tenth(big, total - big) + (usual if usual not in ("", word.capitalize()) else "")
kept = {}
for pair, seen in pairs.items():
    value = ""
    for place, other in (("first", 0), ("second", 1)):
        big, small = seen[(place, True)], seen[(place, False)]
        single = words.get(pair.split(" ")[other], "5")[0]
        share = tenth(big, small) if big + small >= LEAST_PAIR else "-"
        # A pair is kept where it says something else than the word alone.
        value += share if share == "-" or abs(int(share) - int(single)) >= 4 else "-"
    if value != "--" and len(pair) <= 40:
        kept[pair] = value
out = Container()
out.table("words", words.items())
out.table("pairs", kept.items())
out.write(sys.argv[1])

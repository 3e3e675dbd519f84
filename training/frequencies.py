#!/usr/bin/env python3
"""In how many of a thousand news texts a word stands, for words in at least five: `frequencies.py OUT TEXT.jsonl…`.

Each line of the inputs is a JSON string with a text. Words are lower case with plural and verbal endings cut as in
crates/core/src/resolve/wording.rs. Only figures about words leave the texts.
"""
import json
import re
import sys
from collections import Counter

ENDINGS = ["ings", "ing", "ies", "ed", "es", "s"]


def stem(word):
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


seen, texts = Counter(), 0
for path in sys.argv[2:]:
    for line in open(path):
        texts += 1
        seen.update({stem(w) for w in re.findall(r"[^\W_]+", json.loads(line).lower())})
rows = sorted((word, round(1000 * n / texts)) for word, n in seen.items() if 1000 * n >= 5 * texts)
with open(sys.argv[1], "w") as out:
    for word, of_thousand in rows:
        out.write(f"{word}\t{of_thousand}\n")
print(texts, "texts,", len(rows), "words")

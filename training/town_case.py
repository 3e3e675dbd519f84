#!/usr/bin/env python3
"""Adds to the figures of `word_case.py` the names of towns and other places that its texts lack and a dictionary holds
("karachi", "lisbon"): in text in capitals they would pass for common words.

    python3 training/town_case.py models/word_case.bin CITIES500.txt knowledge/places models/en_core_web_sm.bin

CITIES500.txt is the table of the package that the gazetteer is made of (models/gazetteer.md).
"""
import sys
from pathlib import Path

from container import Container, read_table

LEAST_POPULATION = 100_000
# What is a common word above all.
COMMON = set(
    "aba admiralty archway bender billings bimbo bole carrefour centurion derby hue lira manta mascara mesquite moron nada"
    " outback pali poa pueblo riviera saki sari slough subcontinent thane tyre watts".split()
)
TABLES = ["airports", "cities", "countries", "districts", "lands", "regions", "states", "waters"]

path, cities, knowledge, syntax = sys.argv[1:]
words, pairs = read_table(path, "words"), read_table(path, "pairs")
dictionary = set().union(*(read_table(syntax, f"lemma.index.{part}") for part in ["noun", "verb", "adj", "adv"])) - COMMON
names = []
for line in open(cities, encoding="utf-8"):
    column = line.split("\t")
    if int(column[14] or 0) >= LEAST_POPULATION:
        names += column[1:3]
for table in TABLES:
    for line in open(Path(knowledge) / f"{table}.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            column = line.split("\t")
            names += [column[0], *column[1].split(";")]
added = {}
for name in names:
    lower = name.lower()
    if lower in dictionary and lower not in words and name[0].isupper() and not name.isupper():
        added[lower] = "9" + (name if name != name.capitalize() else "")
words.update(added)
out = Container()
out.table("words", words.items())
out.table("pairs", pairs.items())
out.write(path)
print(f"{len(added)} names added: {' '.join(sorted(added))}")

#!/usr/bin/env python3
"""Paragraphs of CoNLL-U files as JSON strings, a line each: `gum_paragraphs.py FILE…`."""
import json
import sys

for path in sys.argv[1:]:
    paragraph = []
    for line in open(path):
        if line.startswith(("# newpar", "# newdoc")) and paragraph:
            print(json.dumps(" ".join(paragraph)))
            paragraph = []
        if line.startswith("# text = "):
            paragraph.append(line[len("# text = "):].rstrip("\n"))
    if paragraph:
        print(json.dumps(" ".join(paragraph)))

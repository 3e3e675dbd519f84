//! Words that say what a place is, as "county" or "provincia de": a name often stands without them.

/// Words after the name of a division, folded.
const AFTER: &[&str] = &[
    "autonomous okrug",
    "autonomous oblast",
    "autonomous region",
    "metropolitan city",
    "metropolitan municipality",
    "census area",
    "county borough",
    "city municipality",
    "administrative okrug",
    "borough",
    "canton",
    "city",
    "comarca",
    "commune",
    "county",
    "department",
    "diqu",
    "district",
    "division",
    "governorate",
    "kraj",
    "krai",
    "kray",
    "marz",
    "municipality",
    "oblast",
    "parish",
    "prefecture",
    "province",
    "raion",
    "rayon",
    "region",
    "regency",
    "republic",
    "sheng",
    "shi",
    "state",
    "subdivision",
    "territory",
    "township",
    "voivodeship",
    "zone",
];

/// Words before the name of a division, folded, the longer ones first.
const BEFORE: &[&str] = &[
    "autonomous republic of",
    "metropolitan city of",
    "departamento del",
    "departamento de",
    "departement de",
    "departement des",
    "departement du",
    "provincia autonoma di",
    "provincia del",
    "provincia de",
    "provincia di",
    "province of",
    "municipio de",
    "city and borough of",
    "city and county of",
    "city of",
    "county of",
    "district of",
    "borough of",
    "region of",
    "republic of",
    "state of",
    "royal borough of",
    "london borough of",
    "landkreis",
    "kreis",
    "powiat",
    "county",
    "muhafazat",
    "muhafazah",
    "mintaqat",
    "qada",
    "judetul",
    "obcina",
    "wilaya de",
    "wilaya d",
    "gouvernorat de",
    "regione",
];

/// The name of a division without the word for what it is; none where nothing would be left or nothing was there.
pub fn without_generic(folded: &str) -> Option<&str> {
    let after = AFTER.iter().find_map(|word| folded.strip_suffix(word)?.strip_suffix(' '));
    let before = || BEFORE.iter().find_map(|word| folded.strip_prefix(word)?.strip_prefix(' '));
    after.or_else(before).map(str::trim).filter(|rest| rest.len() >= 3)
}

/// What kind of division a generic word calls for: `county` a second-order one, `province` either.
pub fn is_division_word(folded: &str) -> bool {
    AFTER.contains(&folded) && folded != "city" && folded != "shi"
        || matches!(
            folded,
            "provinces" | "counties" | "districts" | "governorates" | "departments" | "regions" | "states"
        )
}

#[cfg(test)]
mod tests {
    use super::without_generic;

    #[test]
    fn a_division_is_known_without_its_generic_word() {
        assert_eq!(without_generic("clark county"), Some("clark"));
        assert_eq!(without_generic("kharkiv oblast"), Some("kharkiv"));
        assert_eq!(without_generic("departamento de la paz"), Some("la paz"));
        assert_eq!(without_generic("county"), None);
        assert_eq!(without_generic("bavaria"), None);
    }
}

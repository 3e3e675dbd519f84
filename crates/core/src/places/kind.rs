//! What kinds of places there are, and how finely each is known.

use crate::closed::closed_list;
use crate::reading::Precision;

closed_list! {
    /// What a place is.
    PlaceKind {
        /// A state or a territory with an ISO 3166-1 code.
        Country = "country",
        /// A first-order division.
        Admin1 = "admin1",
        /// A second-order division.
        Admin2 = "admin2",
        /// The seat of a country's government.
        Capital = "capital",
        /// The seat of a first-order division.
        Seat = "seat",
        /// Any other populated place.
        Town = "town",
        /// A part of a populated place.
        Section = "section",
        /// A continent.
        Continent = "continent",
        /// A region that is no division, or lies in several countries.
        Region = "region",
        /// An ocean, a sea, a gulf, a strait, a canal.
        Sea = "sea",
        /// A lake or a reservoir.
        Lake = "lake",
        /// A river.
        River = "river",
        /// A mountain, a range, a pass, a valley, a desert.
        Land = "land",
        /// An island or a group of them.
        Island = "island",
        /// An airport.
        Airport = "airport",
        /// A building, a square, a bridge, a base, a plant, a camp.
        Facility = "facility",
    }
}

impl PlaceKind {
    /// How finely a toponym of this kind says where something is.
    pub const fn precision(self) -> Precision {
        match self {
            Self::Country => Precision::Country,
            Self::Admin1
            | Self::Admin2
            | Self::Continent
            | Self::Region
            | Self::Sea
            | Self::Lake
            | Self::River
            | Self::Land
            | Self::Island => Precision::Region,
            Self::Capital | Self::Seat | Self::Town | Self::Section => Precision::City,
            Self::Airport | Self::Facility => Precision::Exact,
        }
    }

    /// Whether people live there as a town or a part of one.
    pub const fn is_settlement(self) -> bool {
        matches!(self, Self::Capital | Self::Seat | Self::Town | Self::Section)
    }

    /// Whether it is a division of a country.
    pub const fn is_division(self) -> bool {
        matches!(self, Self::Admin1 | Self::Admin2)
    }
}

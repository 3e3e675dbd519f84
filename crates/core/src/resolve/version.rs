//! One state of a report at one address, as the record sees it.

use jiff::Timestamp;
use jiff::civil::Date;
use smol_str::SmolStr;

use super::facts::Facts;
use super::wording::Wording;

/// What tells a version from all others: a hash of its identity, its time and its text.
pub type VersionId = SmolStr;

/// The place of a version in the order in which versions count: by time, then by id.
pub type VersionPlace = (Timestamp, VersionId);

/// On what the time of a version rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeBasis {
    /// The source says when it was published.
    Published,
    /// The source says when it was changed.
    Updated,
    /// The source says nothing; this is when it was fetched.
    Captured,
    /// Nothing is known but when the store took it in.
    Recorded,
}

/// One state of a report at one address, with what it contributes to the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its id.
    pub id: VersionId,
    /// The address of the report, or the path of its file: the same for all its versions.
    pub identity: String,
    /// The address, where it has one.
    pub url: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// From when on it counts.
    pub time: Timestamp,
    /// The calendar day of that time where it was published.
    pub day: Date,
    /// On what its time rests.
    pub basis: TimeBasis,
    /// When the store took it in.
    pub recorded_at: Timestamp,
    /// What is kept of its text to compare it with others.
    pub wording: Wording,
    /// Organisations that its text names, as [`outlet_key`](super::origin::outlet_key)s: an outlet among them may be where its words come from.
    pub cites: Vec<String>,
    /// What it tells.
    pub facts: Facts,
}

/// What of a version shows whether a later one repeats it.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The version.
    pub id: VersionId,
    /// The address of the report, or the path of its file.
    pub identity: String,
    /// The outlet.
    pub source: Option<String>,
    /// From when on it counts.
    pub time: Timestamp,
    /// What is kept of its text.
    pub wording: Wording,
}

impl Version {
    /// The day on which it was published or changed, where the source says so.
    pub fn published(&self) -> Option<Date> {
        match self.basis {
            TimeBasis::Published | TimeBasis::Updated => Some(self.day),
            TimeBasis::Captured | TimeBasis::Recorded => None,
        }
    }

    /// What of it shows whether a later version repeats it.
    pub fn witness(&self) -> Witness {
        Witness {
            id: self.id.clone(),
            identity: self.identity.clone(),
            source: self.source.clone(),
            time: self.time,
            wording: self.wording.clone(),
        }
    }

    /// Its place among versions.
    pub fn place(&self) -> VersionPlace {
        (self.time, self.id.clone())
    }

    /// The order in which versions count: by time, then by id, so that it never depends on the order of arrival.
    pub fn order(&self) -> (Timestamp, &str) {
        (self.time, &self.id)
    }
}

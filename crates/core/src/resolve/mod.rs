//! From readings to the record: which incident is which, which reports are one witness, and what the acts, counts
//! and warnings of all reports come to. Pure: what is known so far comes in as an argument.

pub mod claims;
pub mod contradictions;
pub mod counts;
pub mod decisions;
pub mod facts;
pub mod findings;
pub mod fold;
pub mod forgetting;
pub mod index;
pub mod join;
pub mod label;
pub mod ledger;
pub mod link;
pub mod moment;
pub mod notices;
pub mod numbering;
pub mod origin;
pub mod persons;
pub mod profile;
pub mod record;
pub mod status;
pub mod tally;
pub mod version;
pub mod wording;

//! What an actor is, and how a name belongs to it.

use crate::closed::closed_list;
use crate::reading::EntityKind;

closed_list! {
    /// What an actor of the book is.
    ActorKind {
        /// A state.
        State = "state",
        /// A territory with a government of its own.
        Territory = "territory",
        /// The government as a whole.
        Government = "government",
        /// A parliament or one of its chambers.
        Parliament = "parliament",
        /// A ministry or department.
        Ministry = "ministry",
        /// Armed forces or one of their branches or units.
        ArmedForces = "armed_forces",
        /// An intelligence or security service.
        Service = "service",
        /// A police force.
        Police = "police",
        /// A guard, gendarmerie or constabulary.
        Force = "force",
        /// A court or a prosecution office.
        Court = "court",
        /// Another body of a state.
        Body = "body",
        /// An office that one person holds ("the Russian president").
        Office = "office",
        /// Those who speak or act for a state or a body, unnamed ("Turkish officials").
        Officials = "officials",
        /// A person known by office or as head of a group.
        Person = "person",
        /// An armed group.
        ArmedGroup = "armed_group",
        /// A cartel, mara or other criminal group that takes up arms.
        CriminalGroup = "criminal_group",
        /// A party or political movement.
        Party = "party",
        /// An alliance of states or of groups.
        Coalition = "coalition",
        /// A body of several states.
        International = "international",
        /// A humanitarian, human-rights or research body.
        Civic = "civic",
        /// A company.
        Company = "company",
        /// A people or a community.
        People = "people",
        /// An outlet or a news agency: cited as a source it is not the speaker of what it reports.
        Media = "media",
        /// The outlet of a group or body: what it publishes is said by the one whose outlet it is.
        MediaArm = "media_arm",
    }
}

impl ActorKind {
    /// The kind of entity that such an actor is in a reading.
    pub const fn entity_kind(self) -> EntityKind {
        match self {
            Self::State | Self::Territory => EntityKind::State,
            Self::Government
            | Self::Parliament
            | Self::Ministry
            | Self::ArmedForces
            | Self::Service
            | Self::Police
            | Self::Force
            | Self::Court
            | Self::Body => EntityKind::GovernmentBody,
            Self::Office | Self::Officials | Self::Person => EntityKind::Person,
            Self::ArmedGroup | Self::CriminalGroup => EntityKind::ArmedGroup,
            Self::Party
            | Self::Coalition
            | Self::International
            | Self::Civic
            | Self::Company
            | Self::Media
            | Self::MediaArm => EntityKind::Organization,
            Self::People => EntityKind::Population,
        }
    }
}

closed_list! {
    /// How a name belongs to an actor.
    NameKind {
        /// The name by which the book calls it.
        Main = "name",
        /// Its name in full, as in treaties.
        Official = "official name",
        /// Another name or spelling.
        Alias = "alias",
        /// An abbreviation; counts only as written, in capitals.
        Acronym = "acronym",
        /// The capital that stands for its government.
        Capital = "capital",
        /// The adjective of a state; it only qualifies.
        Adjective = "adjective",
        /// Its people.
        People = "people",
        /// The surname of a person, or the part of the name by which they are called.
        Surname = "surname",
    }
}

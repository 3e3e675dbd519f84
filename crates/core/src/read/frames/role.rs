//! What the parts of a pattern stand for.

use crate::closed::closed_list;

closed_list! {
    /// What a part of a pattern stands for.
    Role {
        /// Who says it.
        Speaker = "SPEAKER",
        /// Who is said to have done it.
        Actor = "ACTOR",
        /// What was done: a noun, a verb or a word that stands for it.
        Incident = "INCIDENT",
        /// What somebody says, thinks, plans: a clause, an infinitive, a gerund.
        Clause = "CLAUSE",
        /// Who does it.
        Perpetrator = "PERPETRATOR",
        /// What or who is attacked.
        Target = "TARGET",
        /// What is attacked, of the kinds that stand or lie somewhere: a building, a town.
        Site = "SITE",
        /// Who is hurt, taken or killed.
        Victim = "VICTIM",
        /// With what.
        Weapon = "WEAPON",
        /// With what, of the kinds that explode where they are laid or thrown.
        Explosive = "EXPLOSIVE",
        /// With what, of the kinds that fly.
        Missile = "MISSILE",
        /// With what, of the kinds that are driven.
        Vehicle = "VEHICLE",
        /// With what, of the kinds that have an edge.
        Blade = "BLADE",
        /// With whom, to whom or on whom it is done.
        Recipient = "RECIPIENT",
        /// Where.
        Place = "PLACE",
        /// A number with what it counts.
        Count = "COUNT",
        /// A number of its own.
        Number = "NUMBER",
        /// An attribution made before: "the claim", "this accusation".
        Claim = "CLAIM",
        /// Harm that is announced or feared: a verb or noun of violence, an incident.
        Harm = "HARM",
        /// Anything.
        Thing = "THING",
    }
}

impl Role {
    /// The role without what a pattern asks of the word that fills it: a missile is a weapon, a town that is hit a target.
    pub const fn plain(self) -> Self {
        match self {
            Self::Site => Self::Target,
            weapon if weapon.is_weapon() => Self::Weapon,
            other => other,
        }
    }

    /// Whether what fills it is what the deed is done with.
    pub const fn is_weapon(self) -> bool {
        match self {
            Self::Weapon | Self::Explosive | Self::Missile | Self::Vehicle | Self::Blade => true,
            Self::Speaker
            | Self::Actor
            | Self::Incident
            | Self::Clause
            | Self::Perpetrator
            | Self::Target
            | Self::Site
            | Self::Victim
            | Self::Recipient
            | Self::Place
            | Self::Count
            | Self::Number
            | Self::Claim
            | Self::Harm
            | Self::Thing => false,
        }
    }
}

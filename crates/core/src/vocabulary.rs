//! The closed lists of the record: types, stages, stances, measures and their kin.

use crate::closed::closed_list;

closed_list! {
    /// What was done.
    IncidentType {
        /// An explosive device.
        Bombing = "bombing",
        /// An explosive device that its carrier set off on themselves.
        SuicideBombing = "suicide_bombing",
        /// Shooting, storming, massacre by arms.
        ArmedAssault = "armed_assault",
        /// A killing aimed at a particular person.
        Assassination = "assassination",
        /// A vehicle driven into people.
        VehicleRamming = "vehicle_ramming",
        /// A bladed weapon.
        Stabbing = "stabbing",
        /// People held where they were taken.
        HostageTaking = "hostage_taking",
        /// People taken away.
        Kidnapping = "kidnapping",
        /// A vehicle, ship or aircraft seized.
        Hijacking = "hijacking",
        /// Fire set.
        Arson = "arson",
        /// Missiles, drones, bombs from the air, shelling.
        MissileOrAirStrike = "missile_or_air_strike",
        /// Damage to infrastructure by stealth.
        Sabotage = "sabotage",
        /// Poison or another chemical agent.
        ChemicalAttack = "chemical_attack",
        /// Damage by computer network.
        CyberAttack = "cyber_attack",
        /// Not said, or possibly an accident.
        Unknown = "unknown",
    }
}

closed_list! {
    /// How far it came.
    Stage {
        /// It was carried out.
        Accomplished = "accomplished",
        /// It was tried and failed.
        Attempted = "attempted",
        /// It was prevented.
        Foiled = "foiled",
        /// It was announced.
        Threatened = "threatened",
    }
}

closed_list! {
    /// How the report puts an event.
    Modality {
        /// As fact.
        Asserted = "asserted",
        /// As somebody's words.
        Reported = "reported",
        /// As not having happened.
        Negated = "negated",
        /// As possible, conditional, feared or planned.
        Hypothetical = "hypothetical",
    }
}

closed_list! {
    /// What a speech act says about an actor's responsibility.
    Stance {
        /// The speaker did it.
        Claims = "claims",
        /// The actor did it.
        Accuses = "accuses",
        /// The actor may have done it.
        Suspects = "suspects",
        /// The actor did not do it.
        Denies = "denies",
        /// An attribution to the actor is shown wrong.
        Refutes = "refutes",
        /// The actor's responsibility is an established finding.
        Confirms = "confirms",
        /// The speaker takes back its own attribution.
        Retracts = "retracts",
    }
}

closed_list! {
    /// What is counted.
    Measure {
        /// Dead.
        Killed = "killed",
        /// Wounded.
        Injured = "injured",
        /// Missing.
        Missing = "missing",
        /// Arrested or held by authorities.
        Detained = "detained",
    }
}

closed_list! {
    /// How a number is bounded by its words.
    Qualifier {
        /// The number itself.
        Exact = "exact",
        /// "At least 40": low 40, no high.
        AtLeast = "at_least",
        /// "More than 130": low 131, no high.
        MoreThan = "more_than",
        /// "Up to 20": no low, high 20.
        UpTo = "up_to",
        /// "About 60": low 60, high 60.
        About = "about",
        /// "Between 10 and 15", "dozens".
        Range = "range",
    }
}

closed_list! {
    /// What an entity is.
    EntityKind {
        /// A human being.
        Person = "person",
        /// A state or a territory with a government.
        State = "state",
        /// A ministry, service, force, court or office.
        GovernmentBody = "government_body",
        /// An armed group.
        ArmedGroup = "armed_group",
        /// A party, company, agency, international body.
        Organization = "organization",
        /// People of a kind ("concert-goers").
        Population = "population",
        /// A building or installation.
        Facility = "facility",
        /// Anything else.
        Other = "other",
    }
}

impl EntityKind {
    /// Whether it is a power that acts under a name of its own: a state, a body of one, an armed group.
    pub const fn is_power(self) -> bool {
        match self {
            Self::State | Self::GovernmentBody | Self::ArmedGroup => true,
            Self::Person | Self::Organization | Self::Population | Self::Facility | Self::Other => false,
        }
    }
}

closed_list! {
    /// Who a perpetrator is.
    PerpetratorKind {
        /// People.
        Individual = "individual",
        /// A group or a service.
        Organization = "organization",
        /// A state.
        State = "state",
    }
}

closed_list! {
    /// How finely a place is known.
    Precision {
        /// A building, square, street.
        Exact = "exact",
        /// A populated place.
        City = "city",
        /// A province, district, sea, mountain range.
        Region = "region",
        /// A country; its point is not where it happened.
        Country = "country",
    }
}

closed_list! {
    /// How words are quoted.
    QuoteType {
        /// In quotation marks.
        Direct = "direct",
        /// In the reporter's words.
        Indirect = "indirect",
        /// Both.
        Mixed = "mixed",
    }
}

closed_list! {
    /// TIMEX3 types.
    TimeType {
        /// A calendar expression.
        Date = "date",
        /// A time of day.
        Time = "time",
        /// A length of time.
        Duration = "duration",
        /// A recurring time.
        Set = "set",
    }
}

closed_list! {
    /// Types of events between actors: the PLOVER ontology (Open Event Data Alliance, 2023).
    EventType {
        /// Agree to do something, sign, accept.
        Agree = "AGREE",
        /// Meet, visit, telephone, negotiate.
        Consult = "CONSULT",
        /// Support in words, praise, recognise, approve.
        Support = "SUPPORT",
        /// Yield, ease, release, resign, cease fire.
        Concede = "CONCEDE",
        /// Cooperate materially: trade, exchange, joint work.
        Cooperate = "COOPERATE",
        /// Give aid: money, goods, asylum, protection.
        Aid = "AID",
        /// Withdraw, retreat, surrender, disarm.
        Retreat = "RETREAT",
        /// Demand, ask, appeal, urge.
        Request = "REQUEST",
        /// Disapprove, accuse, investigate, complain, sue.
        Accuse = "ACCUSE",
        /// Reject, refuse, veto, deny.
        Reject = "REJECT",
        /// Threaten, warn of harm, set an ultimatum.
        Threaten = "THREATEN",
        /// Demonstrate, strike, riot, block.
        Protest = "PROTEST",
        /// Sanction, break relations, expel, cut aid, halt talks.
        Sanction = "SANCTION",
        /// Mobilise, deploy, put on alert.
        Mobilize = "MOBILIZE",
        /// Coerce: arrest, seize, censor, ban, impose curfews.
        Coerce = "COERCE",
        /// Attack, kill, injure, take hostage.
        Assault = "ASSAULT",
    }
}

closed_list! {
    /// How a political event is done (PLOVER); which modes a type has, the events of `knowledge/events` show.
    EventMode {
        /// One goes to the other.
        Visit = "visit",
        /// They meet with or at a third.
        ThirdParty = "third-party",
        /// Many meet.
        Multilateral = "multilateral",
        /// By telephone or other means at a distance.
        Phone = "phone",
        /// Forces or members are called back; relations are broken off.
        Withdraw = "withdraw",
        /// Persons are let go.
        Release = "release",
        /// Things are given back.
        Return = "return",
        /// Forces are reduced or give up.
        Disarm = "disarm",
        /// Fighting is stopped.
        Ceasefire = "ceasefire",
        /// Others are let in.
        Access = "access",
        /// An office is given up.
        Resign = "resign",
        /// About help.
        Assist = "assist",
        /// About policy, persons in office or rights.
        Change = "change",
        /// About giving way.
        Yield = "yield",
        /// About meeting or settling.
        Meet = "meet",
        /// Blames or criticises.
        Disapprove = "disapprove",
        /// Looks into it.
        Investigate = "investigate",
        /// Says that another did wrong.
        Allege = "allege",
        /// Limits movement, trade or speech.
        Restrict = "restrict",
        /// Forbids.
        Ban = "ban",
        /// Takes into custody, charges.
        Arrest = "arrest",
        /// About ties, talks and aid.
        Relations = "relations",
        /// Sends envoys, observers or agencies away.
        Expel = "expel",
        /// About occupation.
        Territory = "territory",
        /// With force.
        Violence = "violence",
        /// Marches and rallies.
        Demo = "demo",
        /// Violently.
        Riot = "riot",
        /// Work is stopped.
        Strike = "strike",
        /// Hunger strike.
        Hunger = "hunger",
        /// Takes no part, buys nothing.
        Boycott = "boycott",
        /// Roads or buildings are blocked.
        Obstruct = "obstruct",
        /// A court finds guilty or sentences.
        Convict = "convict",
        /// Help or trade is stopped or reduced.
        Discontinue = "discontinue",
        /// Soldiers.
        Troops = "troops",
        /// Arms.
        Weapons = "weapons",
        /// Police.
        Police = "police",
        /// Irregulars.
        Militia = "militia",
        /// Takes property or land.
        Seize = "seize",
        /// Destroys property.
        Destroy = "destroy",
        /// Silences media.
        Censor = "censor",
        /// People must stay at home.
        Curfew = "curfew",
        /// State of emergency or martial law.
        MartialLaw = "martial-law",
        /// Sends people out of the country.
        Deport = "deport",
        /// Keeps back what is due.
        Withhold = "withhold",
        /// Spreads what is false.
        Misinformation = "misinformation",
        /// By computer network.
        Cyber = "cyber",
        /// Takes people or vehicles.
        Abduct = "abduct",
        /// With the body.
        Beat = "beat",
        /// Tortures.
        Torture = "torture",
        /// Kills as a punishment.
        Execute = "execute",
        /// Sexual violence.
        Sexual = "sexual",
        /// Kills a particular person.
        Assassinate = "assassinate",
        /// With blades, stones, fire, vehicles, poison.
        Primitive = "primitive",
        /// With small arms.
        Firearms = "firearms",
        /// With explosives.
        Explosives = "explosives",
        /// Its carrier dies with it.
        SuicideAttack = "suicide-attack",
        /// With artillery, tanks, missiles, from the air.
        HeavyWeapons = "heavy-weapons",
        /// Against crowds.
        CrowdControl = "crowd-control",
    }
}

//! Mentions of events: each word or phrase that tells of an incident, with what its own clause says of it.

mod kinds;
mod put;
mod roles;
mod settings;

pub use self::kinds::is_aimed_at_one;
pub use self::put::Put;
pub use self::roles::is_human;
pub use self::settings::setting;
use crate::read::frames::{Detail, Found, Meaning, Role};
use crate::read::ground::{Ground, Matches};
use crate::vocabulary::{IncidentType, Modality, Stage};

/// One mention of an incident.
#[derive(Clone, Debug)]
pub struct EventMention {
    /// The frame and what fills its roles.
    pub found: Found,
    /// The token that tells of it.
    pub token: usize,
    /// What was done.
    pub kind: IncidentType,
    /// How much the words say of what was done.
    pub detail: Detail,
    /// How far it came.
    pub stage: Stage,
    /// How it is put.
    pub modality: Modality,
    /// Whether it is told as one of a kind, and not as something that happened at some time ("attacks are rare").
    pub habitual: bool,
    /// Whether the words set it apart from what is told ("another attack", "a previous bombing").
    pub other: bool,
    /// Whether it is what somebody blames for what was told ("blamed an air strike").
    pub blamed: bool,
    /// Who did it: head tokens.
    pub perpetrators: Vec<usize>,
    /// What or who was hit.
    pub targets: Vec<usize>,
    /// Who was hurt, where the words say so of people.
    pub victims: Vec<usize>,
    /// With what.
    pub weapons: Vec<usize>,
    /// Where: indices into the places of the document, the nearest first.
    pub places: Vec<usize>,
    /// When: indices into the times of the document, the nearest first.
    pub times: Vec<usize>,
}

impl EventMention {
    /// A mention of which only the frame is known.
    fn of(found: &Found) -> Self {
        Self {
            found: found.clone(),
            token: found.trigger,
            kind: IncidentType::Unknown,
            detail: Detail::Generic,
            stage: Stage::Accomplished,
            modality: Modality::Asserted,
            habitual: false,
            other: false,
            blamed: false,
            perpetrators: found.all(Role::Actor).collect(),
            targets: Vec::new(),
            victims: Vec::new(),
            weapons: Vec::new(),
            places: Vec::new(),
            times: Vec::new(),
        }
    }

    /// The sentence in which it stands.
    pub fn sentence(&self, ground: &Ground<'_>) -> usize {
        ground.analysis.tokens[self.token].sentence
    }

    /// Whether it tells of something that took place, was tried or prevented.
    pub fn happened(&self) -> bool {
        match self.modality {
            Modality::Asserted | Modality::Reported => !self.habitual,
            Modality::Negated | Modality::Hypothetical => false,
        }
    }
}

/// The mentions of events of a document, in order.
pub fn find(ground: &Ground<'_>, matches: &Matches) -> Vec<EventMention> {
    let mut mentions: Vec<EventMention> = Vec::new();
    for found in &matches.incidents {
        let Meaning::Incident { kind, stage, detail } = ground.book.get(found.frame).meaning else {
            continue;
        };
        let put = Put::of(ground, matches, found.trigger);
        let stage = put.stage.or(stage).unwrap_or(Stage::Accomplished);
        let mention = EventMention {
            token: found.trigger,
            kind,
            detail,
            stage,
            modality: put.modality,
            habitual: settings::is_habitual(ground, found.trigger),
            other: settings::is_other(ground, found.trigger),
            blamed: roles::is_blamed(ground, matches, found.trigger),
            perpetrators: found.all(Role::Perpetrator).collect(),
            targets: found.all(Role::Target).collect(),
            victims: found.all(Role::Victim).collect(),
            weapons: found.all(Role::Weapon).collect(),
            places: Vec::new(),
            times: Vec::new(),
            found: found.clone(),
        };
        // Of several frames at one word the one that says most counts.
        match mentions.iter_mut().find(|other| other.token == mention.token) {
            Some(other) if is_fuller(&mention, other) => *other = mention,
            Some(_) => {}
            None => mentions.push(mention),
        }
    }
    for mention in &mut mentions {
        roles::complete(ground, matches, mention);
        kinds::sharpen(ground, mention);
        // "explosions tore through the pipeline": what ran a course is told as something that happened.
        mention.habitual &= !roles::ran_course(ground, matches, mention.token);
    }
    let tokens: Vec<usize> = mentions.iter().map(|mention| mention.token).collect();
    for mention in &mut mentions {
        settings::locate(ground, &tokens, mention);
    }
    mentions
}

fn is_fuller(one: &EventMention, other: &EventMention) -> bool {
    let fullness =
        |mention: &EventMention| (mention.detail, specificity(mention.kind), mention.found.roles.len());
    fullness(one) > fullness(other)
}

/// How much a type says beyond its neighbours: a suicide bombing is a bombing, and more.
pub(crate) const fn specificity(kind: IncidentType) -> u8 {
    match kind {
        IncidentType::Unknown => 0,
        IncidentType::ArmedAssault => 1,
        IncidentType::Bombing | IncidentType::Kidnapping | IncidentType::Arson => 2,
        IncidentType::MissileOrAirStrike
        | IncidentType::HostageTaking
        | IncidentType::Stabbing
        | IncidentType::Sabotage
        | IncidentType::VehicleRamming
        | IncidentType::Hijacking
        | IncidentType::ChemicalAttack
        | IncidentType::CyberAttack => 3,
        IncidentType::SuicideBombing | IncidentType::Assassination => 4,
    }
}

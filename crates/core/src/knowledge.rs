//! What the reader knows beforehand, as a domain expert wrote it down in `knowledge/`.

use crate::actors::ActorBook;
use crate::clean::Boilerplate;
use crate::places::Gazetteer;

use crate::read::fillers::RoleWeights;
use crate::read::frames::FrameBook;
use crate::read::speech::SpeechBook;
use crate::time::DayBook;

/// Everything that the reader knows beforehand.
#[derive(Default)]
pub struct Knowledge {
    /// Lines that are furniture of pages and wires, not prose.
    pub boilerplate: Boilerplate,
    /// How events and speech acts are put into words.
    pub frames: FrameBook,
    /// How events between actors are put into words.
    pub events: FrameBook,
    /// How speech and its speakers are put into words.
    pub speech: SpeechBook,
    /// States, offices, groups, services, bodies.
    pub actors: ActorBook,
    /// Toponyms and where they are.
    pub places: Gazetteer,
    /// Days that have names.
    pub days: DayBook,
    /// What speaks for a phrase to fill a role of an incident.
    pub roles: RoleWeights,
}

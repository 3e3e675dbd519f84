//! Classes of nouns: what a thing is by the word for it.

use crate::closed::closed_list;

closed_list! {
    /// What a noun stands for.
    Class {
        /// Something to attack with: "bomb", "rifle".
        Weapon = "weapon",
        /// Weapons that explode where they are laid or thrown: "bomb", "grenade".
        Explosive = "explosive",
        /// Weapons that fly: "missile", "shell", "drone".
        Missile = "missile",
        /// What can be driven into people: "van".
        Vehicle = "vehicle",
        /// Weapons with an edge: "knife".
        Blade = "blade",
        /// People whose killing is aimed at what they stand for: "ambassador", "judge", "editor".
        Dignitary = "dignitary",
        /// Human beings: "passenger", "soldier".
        Human = "human",
        /// Those who do violence by their name: "gunman", "bomber".
        Attacker = "attacker",
        /// Buildings, vehicles, installations: "hall", "pipeline".
        Facility = "facility",
        /// Dead bodies and their kin: "body", "corpse".
        Dead = "dead",
        /// An attribution: "claim", "accusation", "theory".
        Accusation = "accusation",
        /// An attribution that its noun does not hold to be so: "accusation", "theory", "notion".
        Allegation = "allegation",
        /// What somebody issues and speaks by: "statement", "video".
        Document = "document",
        /// Harm, as verbs and nouns that are no incident of their own: "retaliate", "revenge", "punish".
        Harm = "harm",
        /// What may come: "threat", "plot", "danger".
        Danger = "danger",
        /// Courts, inquiries and investigators, whose finding settles a matter: "court", "jury", "inquiry".
        Finder = "finder",
        /// Those who convict: "court", "jury".
        Court = "court",
        /// Bodies set up to find out: "commission", "inquest".
        Inquiry = "inquiry",
        /// What speaks for something without anybody's saying it: "evidence", "trail".
        Indication = "indication",
        /// Ranks of those who look into crimes: "detective", "superintendent".
        Detective = "detective",
        /// What comes long after a deed: "anniversary", "sentence", "memorial".
        Aftermath = "aftermath",
        /// Those whose word commands force: "president", "commander".
        Commander = "commander",
        /// What happens to those who are caught: "arrest", "custody", "trial".
        Caught = "caught",
        /// Lends its subject to its object: "make a claim", "issue a warning".
        Support = "support",
    }
}

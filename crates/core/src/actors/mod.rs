//! The actor book: states, offices and their holders, armed groups, services, bodies, with their names.

/// Everybody whom the reader knows by office or standing.
#[derive(Default)]
pub struct ActorBook {}

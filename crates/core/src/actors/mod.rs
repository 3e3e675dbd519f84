//! The actor book: states, offices and their holders, armed groups, services, bodies, with their names.
//!
//! [`ActorBook::find`] finds its names and titles in a text, [`ActorBook::candidates`] says who is meant by one, and
//! [`ActorBook::actor`] what is known of an actor. What every state has (a president, a foreign ministry, a police) is
//! composed with the state's name and needs no line of its own.

mod book;
mod find;
mod functions;
mod kind;
mod load;
mod names;
mod rank;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use book::{Actor, ActorBook, ActorId, Term};
pub use find::{Found, Sense};
pub use functions::Owner;
pub use kind::{ActorKind, NameKind};
pub use rank::{Candidate, Reason};
pub use table::{ActorError, ActorExample, Column, Confidence};
pub use words::Word;

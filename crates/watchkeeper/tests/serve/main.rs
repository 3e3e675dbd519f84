//! The service, driven from outside: the real program on a free port, a client that can be as rude as is needed.

mod access;
mod answers;
mod client;
mod described;
mod intake;
mod manners;
mod server;

//! The program from outside: what it prints, where, and with which status.

mod decisions;
mod errors;
mod explain;
mod help;
mod reports;
mod run;
mod schema;
mod show;
mod spans;
mod store;
mod terminal;
mod threads;
mod views;

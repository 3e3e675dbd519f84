//! The program from outside: what it prints, where, and with which status.

mod reports;
mod run;
mod spans;
mod threads;

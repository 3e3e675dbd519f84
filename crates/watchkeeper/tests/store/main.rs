//! Trials of the store with real readings: moments, orders of arrival, damage by hand, processes that are killed,
//! disks that are full and servers that go away.

mod damage;
mod interrupted;
mod moments;
mod room;
mod runs;
mod scratch;
mod server;
mod streams;

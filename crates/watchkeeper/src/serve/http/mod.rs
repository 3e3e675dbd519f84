//! What every call has in common: routes and their types, parameters, pages, problems, headers.

pub mod answer;
pub mod connection;
pub mod describe;
pub mod docs;
pub mod headers;
pub mod multipart;
pub mod paging;
pub mod params;
pub mod problem;
pub mod route;

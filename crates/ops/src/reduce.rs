//! Reductions and scans: over all elements, along axes, and with options.

mod functions;
mod over;
mod scan;
mod table;

pub use functions::*;
pub use over::Over;
pub use scan::*;

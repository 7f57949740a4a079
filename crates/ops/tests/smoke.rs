//! A little of everything, for every combination of features: `cargo xtask test --only features`.
//!
//! What a feature leaves out must not change what is left, so tests here compare with values written down, and
//! use nothing that a feature could take away.

use isonum as _;

#[test]
fn it_links() {}

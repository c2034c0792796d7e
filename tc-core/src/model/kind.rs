//! The kinds of constants in `request!`, which select the function that reads a constant.
//!
//! They are numbers, because enums cannot be const generic arguments.

/// A value that no `const fn` can read.
pub(super) const OTHER: u8 = 0;
/// A list whose items no `const fn` can read.
pub(super) const LIST: u8 = 1;
pub(super) const TEXTS: u8 = 2;
pub(super) const TEXT: u8 = 3;
pub(super) const BOOL: u8 = 4;
pub(super) const I32: u8 = 5;
pub(super) const I64: u8 = 6;
pub(super) const U32: u8 = 7;
pub(super) const U64: u8 = 8;
pub(super) const F64: u8 = 9;

//! Limits read from the prose of the official documentation.

use crate::{Number, Scalar};

/// The language of a site's documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese: the Chinese site.
    Cn,
    /// English: the international site.
    En,
}

/// One member of a request, with its description.
#[derive(Debug, Clone, Copy)]
pub struct MinedInput<'a> {
    /// The language of `document`.
    pub lang: Lang,
    /// The folder of the service: `cvm`.
    pub service: &'a str,
    /// The object that has the member: `DescribeInstancesRequest`, `Filter`.
    pub action_or_object: &'a str,
    /// The name of the member: `Limit`.
    pub name: &'a str,
    /// The declared type: `string`, `int`, `float`, `bool`, `list`, `object` or `binary`.
    pub type_: &'a str,
    /// The declared type of the value, or of each item of a list: `int64`, `datetime`, `Filter`.
    pub member_type: &'a str,
    /// Whether the member is declared required.
    pub required: bool,
    /// The description, as published: it may contain HTML.
    pub document: &'a str,
}

/// The limits that a description states without doubt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mined {
    /// The accepted numbers, both ends included; of a list, of each of its items.
    pub range: Option<(Option<Number>, Option<Number>)>,
    /// The accepted numbers of items of a list.
    pub items: Option<(Option<u64>, Option<u64>)>,
    /// The accepted numbers of characters; of a list, of each of its items.
    pub length: Option<(Option<u64>, Option<u64>)>,
    /// What the server assumes if the member is absent.
    pub default: Option<Scalar>,
    /// The complete list of accepted values, in the order of the description; of a list, of each of its items.
    pub values: Option<Vec<Scalar>>,
}

/// Reads the limits of one member from its description.
pub fn mine(_member: &MinedInput<'_>) -> Mined {
    Mined::default()
}

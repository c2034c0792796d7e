//! A group, seen from a person in it.

use tc_core::tc_model;

/// A group that contains the person, and what it says of the person.
#[tc_model]
#[cfg_attr(feature = "verify", tc(verify("iai", "2020-03-03", "PersonGroupInfo")))]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PersonGroupInfo {
    /// The group's id.
    pub group_id: String,
    /// The group's custom fields, filled in for this person.
    pub person_ex_descriptions: Vec<String>,
}

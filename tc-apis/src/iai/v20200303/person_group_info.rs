//! A group that contains a person.

use tc_core::tc_model;

/// A group that contains the person, and the values of its custom fields for the person.
#[tc_model]
#[cfg_attr(feature = "verify", tc(verify("iai", "2020-03-03", "PersonGroupInfo")))]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PersonGroupInfo {
    /// The id of the group.
    pub group_id: String,
    /// The values of the group's custom fields for this person.
    pub person_ex_descriptions: Vec<String>,
}

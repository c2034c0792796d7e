//! A sample of a person's face, as the service keeps it.

use tc_core::chrono::{DateTime, Utc};
use tc_core::tc_model;

/// A person in the library of samples.
#[tc_model]
#[cfg_attr(
    feature = "verify",
    tc(verify(
        "mps",
        "2019-06-12",
        "AiSamplePerson",
        except(
            create_time = "declared as text; the documentation says that it is a time of ISO 8601",
            update_time = "declared as text; the documentation says that it is a time of ISO 8601",
        )
    ))
)]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AiSamplePerson {
    /// The sample's id.
    pub person_id: String,
    /// The person's name.
    pub name: String,
    /// What is known of the person.
    pub description: String,
    /// The pictures of the face.
    pub face_info_set: Vec<AiSampleFaceInfo>,
    /// The tags given to the sample.
    pub tag_set: Vec<String>,
    /// What the sample is used for: recognition, review.
    pub usage_set: Vec<String>,
    /// When the sample was made.
    pub create_time: Option<DateTime<Utc>>,
    /// When the sample was last changed.
    pub update_time: Option<DateTime<Utc>>,
}

/// One picture of a face.
#[tc_model]
#[cfg_attr(feature = "verify", tc(verify("mps", "2019-06-12", "AiSampleFaceInfo")))]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AiSampleFaceInfo {
    /// The picture's id.
    pub face_id: String,
    /// Where the picture can be fetched.
    pub url: String,
}

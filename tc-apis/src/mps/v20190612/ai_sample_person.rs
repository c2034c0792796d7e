//! A sample of a person's face.

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
    /// The id of the sample.
    pub person_id: String,
    /// The name of the person.
    pub name: String,
    /// A description of the person.
    pub description: String,
    /// The pictures of the face.
    pub face_info_set: Vec<AiSampleFaceInfo>,
    /// The tags of the sample.
    pub tag_set: Vec<String>,
    /// The uses of the sample: recognition, review.
    pub usage_set: Vec<String>,
    /// The time of creation.
    pub create_time: Option<DateTime<Utc>>,
    /// The time of the last change.
    pub update_time: Option<DateTime<Utc>>,
}

/// One picture of a face.
#[tc_model]
#[cfg_attr(feature = "verify", tc(verify("mps", "2019-06-12", "AiSampleFaceInfo")))]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AiSampleFaceInfo {
    /// The id of the picture.
    pub face_id: String,
    /// The URL of the picture.
    pub url: String,
}

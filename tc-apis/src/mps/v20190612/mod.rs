//! Version 2019-06-12 of the [Media Processing Service](https://www.tencentcloud.com/document/product/1041).
//!
//! | Action | What it does |
//! |---|---|
//! | [`DescribePersonSamples`] | finds samples of faces by id, name or tag |

mod ai_sample_person;
mod describe_person_samples;

pub use ai_sample_person::{AiSampleFaceInfo, AiSamplePerson};
pub use describe_person_samples::{
    DescribePersonSamples, DescribePersonSamplesError, DescribePersonSamplesResponse, SampleType,
};

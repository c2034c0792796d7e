//! Media Processing Service (mps).

pub mod v20190612;

pub use v20190612::{
    AiSampleFaceInfo, AiSamplePerson, DescribePersonSamples, DescribePersonSamplesError, DescribePersonSamplesResponse,
    SampleType,
};

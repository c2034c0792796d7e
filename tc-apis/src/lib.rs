//! Ready-made actions of Tencent Cloud.
//!
//! | Service | Action |
//! |---|---|
//! | Media Processing | [`mps::DescribePersonSamples`] |
//! | Face Recognition | [`iai::GetPersonGroupInfo`] |
//! | Security Token Service | [`sts::AssumeRole`], and [`sts::AssumeRoleProvider`] for clients that use a role |
//!
//! The crate also exports everything of [`tc_core`], so that a program needs no other dependency.

pub mod iai;
pub mod mps;
pub mod sts;

#[doc(hidden)]
pub use tc_core::__private;
#[cfg(feature = "blocking")]
#[doc(no_inline)]
pub use tc_core::blocking;
#[cfg(feature = "emulator")]
#[doc(no_inline)]
pub use tc_core::emulator;
#[doc(no_inline)]
pub use tc_core::{
    Action, Answer, AnyAction, ApiError, Attempt, BinaryParam, BodyError, BodyProblem, BuildClient, Call, Chunked,
    Client, ClientBuilder, Clock, Coercion, Credential, CredentialError, Date, Endpoint, EndpointError, Error,
    ErrorCode, ErrorKind, Events, Fields, InProcessLimiter, Interceptor, IntoParam, Items, Language, LanguageError,
    Method, Model, Paged, PagedCall, Pages, Paging, Param, PayloadError, PendingCall, RateDecision, RateLimiter,
    RateLimiterError, RateRequest, Region, RegionError, RequestError, Response, RetryPolicy, Sending, ServiceError,
    SignatureMethod, Steps, SystemClock, Throttle, Timestamp, UnknownMethod, Upload, Violation, Violations, bytes,
    chrono, encode_json, encode_query, http, model, provider, request, serde_json, signing, spec, sse, tc_action,
    tc_error, tc_model, tokio, transport,
};
#[cfg(feature = "verify")]
#[doc(no_inline)]
pub use tc_core::{catalog, import};

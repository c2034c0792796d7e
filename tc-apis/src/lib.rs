//! Apis.

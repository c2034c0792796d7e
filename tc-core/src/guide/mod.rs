//! The guide: one page for each task, each with a complete program that the tests run.
//!
//! | You want to | Read |
//! |---|---|
//! | give the client a key, or find out where it looks for one | [`credentials`] |
//! | handle a failed call: match an error code, retry, set a timeout | [`errors`] |
//! | choose a host, a proxy, certificates or timeouts; call without async code | [`network`] |
//! | find in your logs and traces what the client does | [`logging`] |
//! | test your program without the cloud | [`testing`] |
//! | read a long list or a streamed response, or send a file | [`paging_streaming_uploads`] |
//! | know what is checked before a call is sent, and send a call that the check rejects | [`limits`] |
//! | port a program from the official Python, Go or Node SDK | [`other_sdks`] |
//!
//! For a first call, start with the [crate documentation](crate). The programs of the guide need tokio with the features
//! `macros` and `rt-multi-thread`. Some need the feature `catalog` or `blocking`. They call the emulator (feature `emulator`); in your
//! program, use [`Client::from_env`](crate::Client::from_env) instead of `emulator.client()`.
//!
//! This module has no items to call. It exists only in the documentation.

pub mod credentials {
    #![doc = include_str!("credentials.md")]
}

pub mod errors {
    #![doc = include_str!("errors.md")]
}

pub mod network {
    #![doc = include_str!("network.md")]
}

pub mod logging {
    #![doc = include_str!("logging.md")]
}

pub mod testing {
    #![doc = include_str!("testing.md")]
}

pub mod paging_streaming_uploads {
    #![doc = include_str!("paging_streaming_uploads.md")]
}

pub mod limits {
    #![doc = include_str!("limits.md")]
}

pub mod other_sdks {
    #![doc = include_str!("other_sdks.md")]
}

//! A file to send, with its name and media type.

use std::fmt;

use bytes::Bytes;

use super::{BinaryParam, FromLiteral, Value};
use crate::spec::{Literal, Shape};

/// A file for a `#[tc(binary)]` parameter: its bytes, and in a `multipart/form-data` body its file name and media type.
///
/// For a field of the type `Bytes` or `Vec<u8>`, the name of the parameter is the file name, as in the official clients, and the
/// part has no media type. A body of the form octet stream has neither.
///
/// ```
/// use tc_core::{Upload, request, tc_action};
///
/// #[tc_action(service = "cii", version = "2021-04-08", response = ())]
/// pub struct UploadMedicalFile {
///     #[tc(binary)]
///     pub file: Upload,
/// }
///
/// let report = Upload::new(*b"%PDF-1.7").file_name("report.pdf").media_type("application/pdf");
/// let action = request!(UploadMedicalFile { file: report });
/// assert_eq!(action.file.bytes().len(), 8);
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Upload {
    bytes: Bytes,
    file_name: Option<String>,
    media_type: Option<String>,
}

impl Upload {
    /// Creates a file without a name.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self::from(bytes.into())
    }

    /// Sets the file name. Quotes and line breaks in it are percent-encoded, as browsers do.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type: `application/pdf`. If it is not a valid header value, sending the request fails.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Returns the content of the file.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    pub(crate) fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    pub(crate) fn media(&self) -> Option<&str> {
        self.media_type.as_deref()
    }
}

/// Does not show the content.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.bytes.len())?;
        if let Some(name) = &self.file_name {
            write!(f, " of {name:?}")?;
        }
        self.media_type.iter().try_for_each(|media_type| write!(f, " ({media_type})"))
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self { bytes, file_name: None, media_type: None }
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&[u8]> for Upload {
    fn from(bytes: &[u8]) -> Self {
        Bytes::copy_from_slice(bytes).into()
    }
}

#[diagnostic::do_not_recommend]
impl BinaryParam for Upload {
    const SHAPE: Shape = Shape::One;

    fn value(&self) -> Value<'_> {
        Value::Upload(self)
    }

    fn empty() -> Self {
        Self::default()
    }

    fn from_bytes(bytes: Vec<u8>) -> Self {
        bytes.into()
    }
}

#[diagnostic::do_not_recommend]
impl FromLiteral for Upload {
    fn from_literal(literal: Literal<'_>) -> Self {
        Vec::<u8>::from_literal(literal).into()
    }
}

#[diagnostic::do_not_recommend]
impl FromLiteral for Option<Upload> {
    fn from_literal(literal: Literal<'_>) -> Self {
        Some(Upload::from_literal(literal))
    }
}

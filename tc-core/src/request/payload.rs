//! The parameters in the form they travel in.

use bytes::Bytes;

use super::RequestError;
use crate::payload::{self, Params};
use crate::signing::{Method, SignatureMethod};
use crate::spec::BodyForm;

/// Encoded parameters.
#[derive(Clone, PartialEq)]
pub(crate) enum Payload {
    /// A JSON body.
    Json(Bytes),
    /// Names and values: the query of a GET, with signature v1 the form of a POST.
    Pairs(Vec<(String, String)>),
    /// A `multipart/form-data` body and its boundary.
    Multipart { boundary: String, body: Bytes },
    /// A body of bytes, and the headers that the other parameters are.
    OctetStream { body: Bytes, headers: Vec<(String, String)> },
}

impl Payload {
    /// Encodes `params` for a method, a signature, and the form that the action's spec names.
    ///
    /// `boundary` parts a multipart body; it is random, so that no value holds it.
    pub(crate) fn of(
        params: Params<'_>,
        form: BodyForm,
        method: Method,
        signature: SignatureMethod,
        service: &str,
        boundary: u128,
    ) -> Result<Self, RequestError> {
        let plain = method == Method::Get || signature.is_v1();
        match form {
            BodyForm::Json if plain => Ok(Self::Pairs(payload::query(params)?)),
            BodyForm::Json => Ok(Self::Json(payload::json(params)?.into())),
            _ if plain => Err(RequestError::OnlyPost),
            BodyForm::Multipart => {
                // Lower-case, for the header is signed in lower case, and the two must be one.
                let boundary = format!("{boundary:032x}");
                let body = payload::multipart(params, &boundary)?.into();
                Ok(Self::Multipart { boundary, body })
            }
            BodyForm::OctetStream => {
                let (body, headers) = payload::octet(params, service)?;
                Ok(Self::OctetStream { body: body.into(), headers })
            }
        }
    }
}

//! The table of an action: names, models, error codes, rate, paging, form.

use crate::{ErrorSpec, Method, ModelRef, ModelSpec, PageSpec, ParamSpec, SignatureMethod, Type};

/// All that is known of an action before it is called.
///
/// `#[tc_action]` writes it as `Action::SPEC`; by hand it is built the same way.
///
/// ```
/// use tc_spec::{ActionSpec, Limit, ModelSpec, ParamSpec, Range, Shape, Type};
///
/// const REQUEST: &ModelSpec = &ModelSpec::new("DescribeZones", &[
///     ParamSpec::new("Limit", "limit", Type::UINT64, Shape::Maybe)
///         .limits(&[Limit::Range(Range::Int { min: None, max: Some(100) })]),
/// ]);
/// const SPEC: ActionSpec = ActionSpec::new("cvm", "2017-03-12", "DescribeZones", REQUEST).rate(20);
/// assert_eq!(SPEC.request.params[0].name, "Limit");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ActionSpec {
    /// The service's short name, the first label of its host: `mps`.
    pub service: &'static str,
    /// The API version, a date: `2019-06-12`.
    pub version: &'static str,
    /// The action's name: `DescribePersonSamples`.
    pub name: &'static str,
    /// The documentation of the request struct.
    pub doc: &'static str,
    /// What is sent.
    pub request: &'static ModelSpec,
    /// What comes back.
    pub response: ModelRef,
    /// The documented business error codes.
    pub errors: &'static [ErrorSpec],
    /// The documented limit of calls per second.
    pub rate: Option<u32>,
    /// How the action pages, if it does.
    pub page: Option<PageSpec>,
    /// How the parameters travel in a POST.
    pub body: BodyForm,
    /// Answers with a stream of server-sent events.
    pub streaming: bool,
    /// Whether the cloud still offers it.
    pub status: Status,
    /// Sent with `Authorization: SKIP` and without any credential.
    pub skip_sign: bool,
    /// The payload is left out of the signature.
    pub unsigned_payload: bool,
    /// Sent by this method, whatever the client's; a call may still say otherwise.
    pub method: Option<Method>,
    /// Signed in this way, whatever the client's; a call may still say otherwise.
    pub signature: Option<SignatureMethod>,
    /// Safe to send twice: a read verb, or said so by `idempotent`.
    pub idempotent: bool,
}

impl ActionSpec {
    /// An action with nothing but its names and its request.
    ///
    /// Read verbs (Describe, Get, List, Query, Inquiry, Search, Check …) are taken to be idempotent.
    pub const fn new(
        service: &'static str,
        version: &'static str,
        name: &'static str,
        request: &'static ModelSpec,
    ) -> Self {
        Self {
            service,
            version,
            name,
            doc: request.doc,
            request,
            response: ModelRef::of(empty_model),
            errors: &[],
            rate: None,
            page: None,
            body: if has_binary(request.params) { BodyForm::Multipart } else { BodyForm::Json },
            streaming: false,
            status: Status::Online,
            skip_sign: false,
            unsigned_payload: false,
            method: None,
            signature: None,
            idempotent: is_read(name),
        }
    }

    /// With the model of the response.
    #[must_use]
    pub const fn response(mut self, response: ModelRef) -> Self {
        self.response = response;
        self
    }

    /// With the documented error codes.
    #[must_use]
    pub const fn errors(mut self, errors: &'static [ErrorSpec]) -> Self {
        self.errors = errors;
        self
    }

    /// With the documented calls per second.
    #[must_use]
    pub const fn rate(mut self, calls_per_second: u32) -> Self {
        self.rate = Some(calls_per_second);
        self
    }

    /// With the parameters it pages by.
    #[must_use]
    pub const fn page(mut self, page: PageSpec) -> Self {
        self.page = Some(page);
        self
    }

    /// With another form of body.
    #[must_use]
    pub const fn body(mut self, body: BodyForm) -> Self {
        self.body = body;
        self
    }

    /// Answers with a stream of server-sent events.
    #[must_use]
    pub const fn streaming(mut self) -> Self {
        self.streaming = true;
        self
    }

    /// Whether the cloud still offers it.
    #[must_use]
    pub const fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// Sent unsigned.
    #[must_use]
    pub const fn skip_sign(mut self) -> Self {
        self.skip_sign = true;
        self
    }

    /// Signed without its payload.
    #[must_use]
    pub const fn unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }

    /// Sent by this method, whatever the client's.
    #[must_use]
    pub const fn method(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// Signed in this way, whatever the client's.
    #[must_use]
    pub const fn signature(mut self, signature: SignatureMethod) -> Self {
        self.signature = Some(signature);
        self
    }

    /// Safe to send twice, whatever its verb.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }
}

const fn empty_model() -> &'static ModelSpec {
    const EMPTY: &ModelSpec = &ModelSpec::new("()", &[]);
    EMPTY
}

// Like those of the limits, these loops take slices apart: the compiler runs them for every action's spec.
const fn has_binary(params: &[ParamSpec]) -> bool {
    let mut params = params;
    while let [param, rest @ ..] = params {
        if matches!(param.ty, Type::Binary) {
            return true;
        }
        params = rest;
    }
    false
}

/// Whether an action of this name only reads, as its verb tells.
pub const fn is_read(name: &str) -> bool {
    const VERBS: &[&[u8]] =
        &[b"Describe", b"Get", b"List", b"Query", b"Inquiry", b"Inquire", b"Search", b"Check", b"Lookup"];
    let mut verbs = VERBS;
    while let [verb, rest @ ..] = verbs {
        // `Getaway` is no `Get`: the verb ends where the next word begins.
        if let Some([] | [b'A'..=b'Z' | b'0'..=b'9', ..]) = after(name.as_bytes(), verb) {
            return true;
        }
        verbs = rest;
    }
    false
}

/// What follows `start` in `text`, if it begins so.
const fn after<'a>(text: &'a [u8], start: &[u8]) -> Option<&'a [u8]> {
    let (mut text, mut start) = (text, start);
    while let [expected, more @ ..] = start {
        match text {
            [first, rest @ ..] if *first == *expected => (text, start) = (rest, more),
            _ => return None,
        }
    }
    Some(text)
}

/// Whether the cloud still offers an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Online,
    /// It does, and advises against it.
    Deprecated,
    /// It does not any more.
    Offline,
}

/// How the parameters of a POST travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyForm {
    /// `application/json`, a form with signature v1.
    Json,
    /// `multipart/form-data`, because a parameter is binary.
    Multipart,
    /// `application/octet-stream`: one binary parameter is the body, the others are headers.
    OctetStream,
}

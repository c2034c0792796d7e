//! The spec of an action: names, models, error codes, rate, paging and encoding.

use crate::{ErrorSpec, Method, ModelRef, ModelSpec, PageSpec, ParamSpec, SignatureMethod, Type};

/// The spec of an action.
///
/// `#[tc_action]` writes it as `Action::SPEC`. Code that implements `Action` by hand builds it in the same way.
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
    /// The spec of the request.
    pub request: &'static ModelSpec,
    /// The spec of the response.
    pub response: ModelRef,
    /// The documented business error codes.
    pub errors: &'static [ErrorSpec],
    /// The documented limit of calls per second.
    pub rate: Option<u32>,
    /// How the action returns a long list page by page. `None` if it does not.
    pub page: Option<PageSpec>,
    /// The encoding of the parameters in the body of a POST.
    pub body: BodyForm,
    /// Whether the response is a stream of server-sent events.
    pub streaming: bool,
    /// Whether the action is available or deprecated.
    pub status: Status,
    /// Whether requests are sent with `Authorization: SKIP` and without a credential.
    pub skip_sign: bool,
    /// Whether the signature leaves out the payload.
    pub unsigned_payload: bool,
    /// The HTTP method to use instead of the client's. A call can override it.
    pub method: Option<Method>,
    /// The signature method to use instead of the client's. A call can override it.
    pub signature: Option<SignatureMethod>,
    /// Whether the request can be sent twice: the name begins with a read verb, or `idempotent` is set.
    pub idempotent: bool,
}

impl ActionSpec {
    /// Creates a spec from the names and the request of an action.
    ///
    /// The action is idempotent if its name begins with a read verb (Describe, Get, List, Query, Inquiry, Search, Check …).
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

    /// Sets the spec of the response.
    #[must_use]
    pub const fn response(mut self, response: ModelRef) -> Self {
        self.response = response;
        self
    }

    /// Sets the documented error codes.
    #[must_use]
    pub const fn errors(mut self, errors: &'static [ErrorSpec]) -> Self {
        self.errors = errors;
        self
    }

    /// Sets the documented limit of calls per second.
    #[must_use]
    pub const fn rate(mut self, calls_per_second: u32) -> Self {
        self.rate = Some(calls_per_second);
        self
    }

    /// Sets how the action returns a long list page by page.
    #[must_use]
    pub const fn page(mut self, page: PageSpec) -> Self {
        self.page = Some(page);
        self
    }

    /// Sets the encoding of the body.
    #[must_use]
    pub const fn body(mut self, body: BodyForm) -> Self {
        self.body = body;
        self
    }

    /// Marks the response as a stream of server-sent events.
    #[must_use]
    pub const fn streaming(mut self) -> Self {
        self.streaming = true;
        self
    }

    /// Sets whether the action is available or deprecated.
    #[must_use]
    pub const fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// Sends requests unsigned, with `Authorization: SKIP`.
    #[must_use]
    pub const fn skip_sign(mut self) -> Self {
        self.skip_sign = true;
        self
    }

    /// Leaves the payload out of the signature.
    #[must_use]
    pub const fn unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }

    /// Sets the HTTP method to use instead of the client's.
    #[must_use]
    pub const fn method(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// Sets the signature method to use instead of the client's.
    #[must_use]
    pub const fn signature(mut self, signature: SignatureMethod) -> Self {
        self.signature = Some(signature);
        self
    }

    /// Marks the action as idempotent, whatever its verb.
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

// This loop splits the slice with a pattern, as those of the limits do: it is faster when the compiler evaluates it.
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

/// Returns whether the name of an action begins with a verb that only reads.
pub const fn is_read(name: &str) -> bool {
    const VERBS: &[&[u8]] =
        &[b"Describe", b"Get", b"List", b"Query", b"Inquiry", b"Inquire", b"Search", b"Check", b"Lookup"];
    let mut verbs = VERBS;
    while let [verb, rest @ ..] = verbs {
        // The verb must be a whole word: `Getaway` does not begin with `Get`.
        if let Some([] | [b'A'..=b'Z' | b'0'..=b'9', ..]) = after(name.as_bytes(), verb) {
            return true;
        }
        verbs = rest;
    }
    false
}

/// The rest of `text` after `start`; `None` if it does not begin with `start`.
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

/// The availability of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The action can be called.
    Online,
    /// The action can be called, but the documentation advises against it.
    Deprecated,
    /// The action can no longer be called.
    Offline,
}

/// The encoding of the parameters in the body of a POST.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyForm {
    /// `application/json`; with signature v1, `application/x-www-form-urlencoded`.
    Json,
    /// `multipart/form-data`, used if a parameter is binary.
    Multipart,
    /// `application/octet-stream`: one binary parameter is the body, and the others are headers.
    OctetStream,
}

//! The tables: an action, its models, their parameters.

use super::Given;

/// All that is known of an action before it is called.
///
/// `#[tc_action]` writes it as [`Action::SPEC`](crate::Action::SPEC); by hand it is built the same way.
///
/// ```
/// use tc_core::facts::{ActionSpec, ModelSpec, ParamSpec, Range};
/// use tc_core::Param;
///
/// const REQUEST: &ModelSpec = &ModelSpec::new("DescribeZones", &[
///     ParamSpec::of::<Option<u64>>("Limit", "limit").range(Range::Int { min: None, max: Some(100) }),
/// ]);
/// const SPEC: ActionSpec = ActionSpec::new("cvm", "2017-03-12", "DescribeZones", REQUEST).rate(20);
/// assert_eq!(SPEC.request.params[0].name, "Limit");
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
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
    /// What comes back. A function, so that models may contain themselves.
    pub response: fn() -> &'static ModelSpec,
    /// The documented business error codes.
    pub errors: &'static [ErrorSpec],
    /// The documented limit of calls per second.
    pub rate: Option<u32>,
    /// How the action pages, if it does.
    pub page: Option<PageSpec>,
    /// How the parameters travel in a POST.
    pub body: BodyForm,
    /// Sent with `Authorization: SKIP` and without any credential.
    pub skip_sign: bool,
    /// The payload is left out of the signature.
    pub unsigned_payload: bool,
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
            response: empty_model,
            errors: &[],
            rate: None,
            page: None,
            body: if has_binary(request.params) { BodyForm::Multipart } else { BodyForm::Json },
            skip_sign: false,
            unsigned_payload: false,
            idempotent: is_read(name),
        }
    }

    /// With the model of the response.
    #[must_use]
    pub const fn response(mut self, response: fn() -> &'static ModelSpec) -> Self {
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

const fn has_binary(params: &[ParamSpec]) -> bool {
    let mut at = 0;
    while at < params.len() {
        if matches!(params[at].ty, Type::Binary) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether an action of this name only reads, judged by its verb.
pub(crate) const fn is_read(name: &str) -> bool {
    const VERBS: [&str; 9] = ["Describe", "Get", "List", "Query", "Inquiry", "Inquire", "Search", "Check", "Lookup"];
    let name = name.as_bytes();
    let mut verb = 0;
    while verb < VERBS.len() {
        let bytes = VERBS[verb].as_bytes();
        let mut at = 0;
        while at < bytes.len() && at < name.len() && bytes[at] == name[at] {
            at += 1;
        }
        // `Getaway` is no `Get`: the verb ends where the next word begins.
        if at == bytes.len() && (at == name.len() || name[at].is_ascii_uppercase() || name[at].is_ascii_digit()) {
            return true;
        }
        verb += 1;
    }
    false
}

/// How the parameters of a POST travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyForm {
    /// `application/json`, a form with signature v1.
    Json,
    /// `multipart/form-data`, because a parameter is binary.
    Multipart,
    /// `application/octet-stream`: one binary parameter is the body, the others are headers.
    OctetStream,
}

/// A struct of parameters: a request, a response, or one nested in them.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ModelSpec {
    /// The struct's name.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its members in the order of declaration.
    pub params: &'static [ParamSpec],
}

impl ModelSpec {
    /// A model of these members.
    pub const fn new(name: &'static str, params: &'static [ParamSpec]) -> Self {
        Self { name, doc: "", params }
    }

    /// With its documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// The member of this wire name.
    pub fn param(&self, name: &str) -> Option<&'static ParamSpec> {
        self.params.iter().find(|param| param.name == name)
    }
}

/// One member of a model.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ParamSpec {
    /// Its name on the wire: `PersonIds`.
    pub name: &'static str,
    /// Its name in Rust, without `r#`: `person_ids`.
    pub field: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// What one value is.
    pub ty: Type,
    /// Whether there may be none, one or many.
    pub shape: Shape,
    /// Whether the documentation requires it.
    pub required: bool,
    /// The accepted numbers.
    pub range: Option<Range>,
    /// The accepted numbers of items of a list.
    pub items: Option<Count>,
    /// The accepted numbers of characters, of each item where it is a list.
    pub length: Option<Count>,
    /// The accepted characters, of each item where it is a list.
    pub charset: Option<Charset>,
    /// What the server assumes where it is left out. Never sent by us.
    pub default: Option<Given<'static>>,
    /// Never shown: not by Debug, logs, violations, coercions or excerpts.
    pub sensitive: bool,
}

impl ParamSpec {
    /// A member of this type and shape: required, where its shape has no place for nothing.
    pub const fn new(name: &'static str, field: &'static str, ty: Type, shape: Shape) -> Self {
        Self {
            name,
            field,
            doc: "",
            ty,
            shape,
            required: matches!(shape, Shape::One),
            range: None,
            items: None,
            length: None,
            charset: None,
            default: None,
            sensitive: false,
        }
    }

    /// With its documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Required, though its type would let it be left out.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With the accepted numbers.
    #[must_use]
    pub const fn range(mut self, range: Range) -> Self {
        self.range = Some(range);
        self
    }

    /// With the accepted numbers of items.
    #[must_use]
    pub const fn items(mut self, items: Count) -> Self {
        self.items = Some(items);
        self
    }

    /// With the accepted numbers of characters.
    #[must_use]
    pub const fn length(mut self, length: Count) -> Self {
        self.length = Some(length);
        self
    }

    /// With the accepted characters.
    #[must_use]
    pub const fn charset(mut self, charset: Charset) -> Self {
        self.charset = Some(charset);
        self
    }

    /// With what the server assumes.
    #[must_use]
    pub const fn default(mut self, default: Given<'static>) -> Self {
        self.default = Some(default);
        self
    }

    /// Never shown.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Asserts that the type is what its tokens looked like to the macro.
    ///
    /// # Panics
    /// At compile time, where an alias hid an `Option` or a `Vec`.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn looks(self, shape: Shape) -> Self {
        assert!(
            self.shape as u8 == shape as u8,
            "the type is not what it looks like: write `Option<…>` and `Vec<…>` out, so that the macro can see them"
        );
        self
    }

    /// Whether it is a list.
    pub const fn is_list(&self) -> bool {
        matches!(self.shape, Shape::Many | Shape::MaybeMany)
    }
}

/// What one value of a parameter is.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Type {
    /// Text.
    String,
    /// A whole number, between the ends of its Rust type.
    Integer {
        /// The least number of the Rust type.
        min: i128,
        /// The greatest number of the Rust type.
        max: i128,
    },
    /// A number with a fraction.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A time in ISO 8601, `2022-01-01T00:00:00+08:00` (the metadata's `datetime_iso`).
    Time,
    /// Bytes; they make the request `multipart/form-data`.
    Binary,
    /// Text out of a documented list.
    Enum(&'static EnumSpec),
    /// A struct. A function, so that models may contain themselves.
    Model(fn() -> &'static ModelSpec),
    /// Any JSON.
    Json,
}

/// How often a parameter may occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `T`
    One,
    /// `Option<T>`
    Maybe,
    /// `Vec<T>`: an empty one is left out, unless it is required.
    Many,
    /// `Option<Vec<T>>`: an empty one is sent, for "empty clears, absent leaves alone".
    MaybeMany,
}

/// A range of numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Range {
    /// Of whole numbers.
    Int {
        /// The least one.
        min: Option<i128>,
        /// The greatest one.
        max: Option<i128>,
    },
    /// Of numbers with a fraction: value and how it was written.
    Float {
        /// The least one.
        min: Option<(f64, &'static str)>,
        /// The greatest one.
        max: Option<(f64, &'static str)>,
    },
}

/// A range of counts, both ends included: items of a list, characters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The least count; 0 where none was named.
    pub min: usize,
    /// The greatest count.
    pub max: Option<usize>,
}

/// A set of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset {
    /// As it was written: `A-Za-z0-9-%@#&_`.
    pub text: &'static str,
    /// The same as ranges, both ends included.
    pub ranges: &'static [(char, char)],
}

impl Charset {
    /// Whether `character` is in the set.
    pub const fn contains(&self, character: char) -> bool {
        let mut at = 0;
        while at < self.ranges.len() {
            let (first, last) = self.ranges[at];
            if first as u32 <= character as u32 && character as u32 <= last as u32 {
                return true;
            }
            at += 1;
        }
        false
    }
}

/// A documented list of texts.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EnumSpec {
    /// The enum's name.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// The documented values.
    pub values: &'static [EnumValue],
}

impl EnumSpec {
    /// An enum of these values.
    pub const fn new(name: &'static str, doc: &'static str, values: &'static [EnumValue]) -> Self {
        Self { name, doc, values }
    }
}

/// One value of a documented list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnumValue {
    /// The text on the wire: `UserDefine`.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
}

/// How an action pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSpec {
    /// The wire name of the number of items to skip: `Offset`.
    pub offset: &'static str,
    /// The wire name of the number of items wanted: `Limit`.
    pub limit: &'static str,
}

/// One documented error code of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorSpec {
    /// The code as sent: `FailedOperation.ImageDecodeFailed`.
    pub code: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// What to do about it.
    pub class: ErrorClass,
}

/// What an error code asks of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// Too many calls: wait, then send again; the server did nothing.
    Throttle,
    /// The server failed: sending again may succeed, if the action may be sent twice.
    Retry,
    /// Credential, signature or permission: sending the same again will not help.
    Auth,
    /// The request is wrong: change it.
    Caller,
    /// A quota is used up: raise it or free some.
    Quota,
    /// The state of the cloud does not allow it now.
    State,
}

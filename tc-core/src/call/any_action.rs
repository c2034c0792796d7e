//! Any action of the cloud by its name, so that nobody waits for a model.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value as Json;

use super::{Call, Paging, Sealed};
use crate::model::{Tree, Upload, Violation, Violations, validate_after};
use crate::payload::Params;
use crate::request::Target;
use crate::spec::{ActionSpec, BodyForm, ParamSpec, is_read};

/// An action that nobody modelled: its parameters and its answer are JSON.
///
/// Made from its names, nothing is checked before it is sent. Made [from a spec](Self::from_spec), its parameters are
/// checked like those of a struct. Its Debug shows the names of the parameters only.
///
/// ```
/// use tc_core::AnyAction;
/// let action = AnyAction::new("cvm", "2017-03-12", "DescribeInstances")
///     .params(serde_json::json!({"InstanceIds": ["ins-1"]}));
/// assert_eq!(format!("{action:?}"), "AnyAction(cvm 2017-03-12 DescribeInstances, parameters: InstanceIds)");
/// ```
#[derive(Clone)]
pub struct AnyAction {
    service: Cow<'static, str>,
    version: Cow<'static, str>,
    name: Cow<'static, str>,
    params: Json,
    skip_sign: bool,
    known: Option<Known>,
    rate: Option<u32>,
    idempotent: bool,
    paging: Option<Box<Paging>>,
    files: Vec<(String, Upload)>,
}

/// What follows from a spec.
#[derive(Clone)]
struct Known {
    spec: &'static ActionSpec,
    /// The parameters under the spec.
    tree: Tree,
    /// Members that are unknown, missing or of another type.
    found: Vec<Violation>,
}

impl Known {
    /// Files are only looked at for whether they are there.
    fn of(spec: &'static ActionSpec, params: &Json, files: &[(String, Upload)]) -> Self {
        let mut params = Cow::Borrowed(params);
        for (name, _) in files {
            let params = params.to_mut();
            if params.is_null() {
                *params = Json::Object(serde_json::Map::new());
            }
            if let Some(params) = params.as_object_mut() {
                params.insert(name.clone(), "".into());
            }
        }
        let (tree, found) = Tree::read(spec.request, &params);
        Self { spec, tree, found }
    }
}

impl AnyAction {
    /// The action of this service, version and name, without parameters.
    pub fn new(service: impl Into<String>, version: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            service: Cow::Owned(service.into()),
            version: Cow::Owned(version.into()),
            name: Cow::Owned(name.into()),
            params: Json::Null,
            skip_sign: false,
            known: None,
            rate: None,
            idempotent: false,
            paging: None,
            files: Vec::new(),
        }
    }

    /// The action of this spec, without parameters.
    ///
    /// Parameters are checked before they are sent: unknown, missing and mistyped ones, and the limits. Numbers and
    /// booleans may be written as text, as the cloud takes them. Rate, paging, error codes and form of the body are
    /// those of the spec.
    ///
    /// ```
    /// use tc_core::spec::{ActionSpec, Limit, ModelSpec, ParamSpec, Range, Shape, Type};
    /// use tc_core::{AnyAction, encode_json};
    ///
    /// const REQUEST: &ModelSpec = &ModelSpec::new("DescribeZones", &[
    ///     ParamSpec::new("Limit", "limit", Type::UINT64, Shape::Maybe)
    ///         .limits(&[Limit::Range(Range::Int { min: Some(1), max: Some(100) })]),
    /// ]);
    /// const SPEC: &ActionSpec = &ActionSpec::new("cvm", "2017-03-12", "DescribeZones", REQUEST);
    ///
    /// let zones = AnyAction::from_spec(SPEC).params(serde_json::json!({"Limit": "20"}));
    /// assert!(zones.validate().is_ok());
    /// assert_eq!(encode_json(&zones)?, br#"{"Limit":20}"#);
    ///
    /// let wrong = AnyAction::from_spec(SPEC).params(serde_json::json!({"limit": 20}));
    /// assert_eq!(
    ///     wrong.validate().unwrap_err().to_string(),
    ///     "DescribeZones: `limit` is not a member of DescribeZones; did you mean `Limit`?"
    /// );
    /// # Ok::<(), tc_core::Error>(())
    /// ```
    pub fn from_spec(spec: &'static ActionSpec) -> Self {
        Self {
            service: Cow::Borrowed(spec.service),
            version: Cow::Borrowed(spec.version),
            name: Cow::Borrowed(spec.name),
            params: Json::Null,
            skip_sign: spec.skip_sign,
            known: Some(Known::of(spec, &Json::Null, &[])),
            rate: spec.rate,
            idempotent: spec.idempotent,
            paging: Paging::of(spec).map(Box::new),
            files: Vec::new(),
        }
    }

    /// The same parameters under the spec of `other`.
    #[cfg(feature = "catalog")]
    pub(super) fn under(self, other: Self) -> Self {
        other.params(self.params)
    }

    /// The spec that it was made from, if it was.
    pub fn spec(&self) -> Option<&'static ActionSpec> {
        Some(self.known.as_ref()?.spec)
    }

    /// The service's short name: `cvm`.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The version, a date: `2017-03-12`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The name: `DescribeInstances`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Checks the parameters against the spec, if it was made from one.
    ///
    /// # Errors
    /// Every member that is unknown, missing or of another type, and every limit that is broken.
    pub fn validate(&self) -> Result<(), Violations> {
        match &self.known {
            Some(known) => validate_after(&known.tree, &known.found),
            None => Ok(()),
        }
    }

    /// With these parameters: a JSON object in the spelling of the wire.
    #[must_use]
    pub fn params(mut self, params: impl Into<Json>) -> Self {
        self.params = params.into();
        self.known = self.known.map(|known| Known::of(known.spec, &self.params, &self.files));
        self
    }

    /// Sent with `Authorization: SKIP` and without a credential, as sts's `AssumeRoleWithWebIdentity` and
    /// `AssumeRoleWithSAML` want it.
    #[must_use]
    pub fn skip_sign(mut self) -> Self {
        self.skip_sign = true;
        self
    }

    /// At most this many times a second, as the documentation says: the client [throttles](crate::Throttle) its calls as it
    /// does those of an annotated action. Default: unlimited. 0 is taken as 1.
    ///
    /// Actions of the same name and rate share their turns.
    #[must_use]
    pub fn rate(mut self, calls_per_second: u32) -> Self {
        self.rate = Some(calls_per_second.max(1));
        self
    }

    /// May be sent twice: sent again, it changes nothing more. Default: actions that only read may, by their names (Describe,
    /// Get, List …), and those with a `ClientToken`.
    #[must_use]
    pub fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Pages in this way, for [`pages`](crate::Client::pages) and [`items`](crate::Client::items); by `Offset` and `Limit` if
    /// only the path to the list is given, as in `page("ZoneSet")`. See [`Paging`].
    #[must_use]
    pub fn page(mut self, paging: impl Into<Paging>) -> Self {
        self.paging = Some(Box::new(paging.into()));
        self
    }

    /// With a parameter that is bytes: the body is then `multipart/form-data` by POST, unless the spec says that it is an octet
    /// stream. An [`Upload`] has a file name and a media type too.
    ///
    /// ```
    /// use tc_core::{AnyAction, Upload};
    /// let report = Upload::new(*b"%PDF-1.7").file_name("report.pdf").media_type("application/pdf");
    /// let action = AnyAction::new("cms", "2019-03-21", "UploadFile").binary("File", report);
    /// assert_eq!(format!("{action:?}"), "AnyAction(cms 2019-03-21 UploadFile, parameters: File)");
    /// ```
    #[must_use]
    pub fn binary(mut self, name: impl Into<String>, content: impl Into<Upload>) -> Self {
        let name = name.into();
        self.files.retain(|(file, _)| *file != name);
        self.files.push((name, content.into()));
        self.known = self.known.map(|known| Known::of(known.spec, &self.params, &self.files));
        self
    }

    /// The form of the body, for an action whose form without files is this one.
    fn body(&self, usual: BodyForm) -> BodyForm {
        if usual == BodyForm::Json && !self.files.is_empty() { BodyForm::Multipart } else { usual }
    }

    pub(crate) fn paging(&self) -> Option<&Paging> {
        self.paging.as_deref()
    }

    /// The value of a parameter.
    pub(crate) fn param(&self, name: &str) -> Option<&Json> {
        self.params.get(name)
    }

    /// Sets a parameter; none takes it away.
    pub(crate) fn set_param(&mut self, name: &str, value: Option<Json>) {
        if self.params.is_null() {
            self.params = Json::Object(serde_json::Map::new());
        }
        let Some(params) = self.params.as_object_mut() else { return };
        match value {
            Some(value) => params.insert(name.to_owned(), value),
            None => params.remove(name),
        };
        self.known = self.known.take().map(|known| Known::of(known.spec, &self.params, &self.files));
    }

    /// What is known of the action, and of this parameter.
    pub(crate) fn param_spec(&self, name: &str) -> Option<&'static ParamSpec> {
        self.known.as_ref()?.spec.request.param(name)
    }
}

impl Call for AnyAction {
    type Response = Json;
}

impl Sealed for AnyAction {
    fn target(&self) -> Target {
        let (skip_sign, rate) = (self.skip_sign, self.rate);
        match &self.known {
            Some(known) => {
                let (body, idempotent) = (self.body(known.spec.body), self.idempotent);
                Target { body, skip_sign, idempotent, rate, ..Target::of(known.spec) }
            }
            None => {
                let (body, idempotent) = (self.body(BodyForm::Json), self.idempotent || is_read(&self.name));
                let target = Target::new(self.service.clone(), self.version.clone(), self.name.clone());
                Target { body, skip_sign, idempotent, rate, ..target }
            }
        }
    }

    #[allow(private_interfaces)]
    fn parameters(&self) -> Params<'_> {
        if !self.files.is_empty() {
            return Params::Files(&self.params, &self.files);
        }
        match &self.known {
            Some(known) if known.found.is_empty() => Params::Model(&known.tree),
            // Parameters that are sent without checks are sent unchanged.
            _ => Params::Json(&self.params),
        }
    }

    fn check(&self) -> Result<(), Violations> {
        self.validate()
    }
}

/// The tree follows from spec and parameters.
impl PartialEq for AnyAction {
    fn eq(&self, other: &Self) -> bool {
        let same_spec = match (&self.known, &other.known) {
            (Some(one), Some(other)) => std::ptr::eq(one.spec, other.spec),
            (one, other) => one.is_none() && other.is_none(),
        };
        same_spec
            && (&self.service, &self.version, &self.name) == (&other.service, &other.version, &other.name)
            && (&self.params, self.skip_sign) == (&other.params, other.skip_sign)
            && (self.rate, self.idempotent, &self.paging) == (other.rate, other.idempotent, &other.paging)
            && self.files == other.files
    }
}

impl fmt::Debug for AnyAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnyAction({} {} {}, parameters: ", self.service, self.version, self.name)?;
        let members = self.params.as_object().into_iter().flat_map(|members| members.keys());
        let mut names = members.chain(self.files.iter().map(|(name, _)| name)).peekable();
        if names.peek().is_none() {
            f.write_str("none")?;
        }
        while let Some(name) = names.next() {
            write!(f, "{name}{}", if names.peek().is_some() { ", " } else { "" })?;
        }
        f.write_str(")")
    }
}

//! Any action of the cloud by its name.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value as Json;

use super::{Call, Paging, Sealed};
use crate::model::{Tree, Upload, Violation, Violations, validate_after};
use crate::payload::Params;
use crate::request::Target;
use crate::spec::{ActionSpec, BodyForm, ParamSpec, is_read};

/// An action without a struct: its parameters and its response are JSON.
///
/// An action created with [`new`](Self::new) is sent without checks. The parameters of one created
/// [from a spec](Self::from_spec) are checked like those of a struct. Its Debug shows only the names of the parameters.
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
    checked: Option<Checked>,
    rate: Option<u32>,
    idempotent: bool,
    paging: Option<Box<Paging>>,
    files: Vec<(String, Upload)>,
}

/// The parameters of an action with a spec.
#[derive(Clone)]
struct Checked {
    spec: &'static ActionSpec,
    /// The parameters as fields of the spec.
    tree: Tree,
    /// Members that are unknown, missing or of another type.
    found: Vec<Violation>,
}

impl Checked {
    /// Reads parameters by a spec. Files are not read; they only count as present.
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
    /// Creates the action of this service, version and name, without parameters.
    pub fn new(service: impl Into<String>, version: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            service: Cow::Owned(service.into()),
            version: Cow::Owned(version.into()),
            name: Cow::Owned(name.into()),
            params: Json::Null,
            skip_sign: false,
            checked: None,
            rate: None,
            idempotent: false,
            paging: None,
            files: Vec::new(),
        }
    }

    /// Creates the action of this spec, without parameters.
    ///
    /// Parameters are checked before they are sent: unknown, missing and mistyped ones, and the limits. Numbers and booleans may be
    /// written as text, since the cloud accepts them. Rate, paging, error codes and body form are those of the spec.
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
            checked: Some(Checked::of(spec, &Json::Null, &[])),
            rate: spec.rate,
            idempotent: spec.idempotent,
            paging: Paging::of(spec).map(Box::new),
            files: Vec::new(),
        }
    }

    /// Returns `other` with the parameters of this action.
    #[cfg(feature = "catalog")]
    pub(super) fn under(self, other: Self) -> Self {
        other.params(self.params)
    }

    /// The spec that it was created from, if any.
    pub fn spec(&self) -> Option<&'static ActionSpec> {
        Some(self.checked.as_ref()?.spec)
    }

    /// The short name of the service: `cvm`.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The version, a date: `2017-03-12`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The name of the action: `DescribeInstances`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Checks the parameters against the spec, if it was created from one.
    ///
    /// # Errors
    /// All members that are unknown, missing or of another type, and all values outside their limits.
    pub fn validate(&self) -> Result<(), Violations> {
        match &self.checked {
            Some(checked) => validate_after(&checked.tree, &checked.found),
            None => Ok(()),
        }
    }

    /// Sets the parameters: a JSON object with the official names.
    #[must_use]
    pub fn params(mut self, params: impl Into<Json>) -> Self {
        self.params = params.into();
        self.check_again();
        self
    }

    /// Sends it without a credential and with `Authorization: SKIP`, as the actions `AssumeRoleWithWebIdentity` and
    /// `AssumeRoleWithSAML` of sts require.
    #[must_use]
    pub fn skip_sign(mut self) -> Self {
        self.skip_sign = true;
        self
    }

    /// Limits the calls per second to the documented number: the client [throttles](crate::Throttle) them like those of an
    /// annotated action. Default: unlimited. 0 counts as 1.
    ///
    /// Actions of the same name and rate share one limit.
    #[must_use]
    pub fn rate(mut self, calls_per_second: u32) -> Self {
        self.rate = Some(calls_per_second.max(1));
        self
    }

    /// Marks the action as idempotent: sending it twice has the same effect as sending it once. Default: actions whose names begin
    /// with a verb for reading (Describe, Get, List …), and calls with a `ClientToken`, are idempotent.
    #[must_use]
    pub fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Sets how the action pages, for [`pages`](crate::Client::pages) and [`items`](crate::Client::items). A text is the path to the
    /// list of an action with `Offset` and `Limit`: `page("ZoneSet")`. See [`Paging`].
    #[must_use]
    pub fn page(mut self, paging: impl Into<Paging>) -> Self {
        self.paging = Some(Box::new(paging.into()));
        self
    }

    /// Sets a binary parameter. The body is then `multipart/form-data` by POST, unless the spec says that it is an octet stream. An
    /// [`Upload`] can also have a file name and a media type.
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
        self.check_again();
        self
    }

    /// The form of the body. Files change `default` from JSON to multipart.
    fn body(&self, default: BodyForm) -> BodyForm {
        if default == BodyForm::Json && !self.files.is_empty() { BodyForm::Multipart } else { default }
    }

    pub(crate) fn paging(&self) -> Option<&Paging> {
        self.paging.as_deref()
    }

    /// The value of a parameter.
    pub(crate) fn param(&self, name: &str) -> Option<&Json> {
        self.params.get(name)
    }

    /// Sets a parameter. `None` removes it.
    pub(crate) fn set_param(&mut self, name: &str, value: Option<Json>) {
        if self.params.is_null() {
            self.params = Json::Object(serde_json::Map::new());
        }
        let Some(params) = self.params.as_object_mut() else { return };
        match value {
            Some(value) => params.insert(name.to_owned(), value),
            None => params.remove(name),
        };
        self.check_again();
    }

    /// Reads the parameters again after a change.
    fn check_again(&mut self) {
        if let Some(checked) = &mut self.checked {
            *checked = Checked::of(checked.spec, &self.params, &self.files);
        }
    }

    /// The spec of a parameter, if the action has a spec.
    pub(crate) fn param_spec(&self, name: &str) -> Option<&'static ParamSpec> {
        self.checked.as_ref()?.spec.request.param(name)
    }
}

impl Call for AnyAction {
    type Response = Json;
}

impl Sealed for AnyAction {
    fn target(&self) -> Target {
        let (skip_sign, rate) = (self.skip_sign, self.rate);
        match &self.checked {
            Some(checked) => {
                let (body, idempotent) = (self.body(checked.spec.body), self.idempotent);
                let response = Some(checked.spec.response);
                Target { body, skip_sign, idempotent, rate, response, ..Target::of(checked.spec) }
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
        match &self.checked {
            Some(checked) if checked.found.is_empty() => Params::Model(&checked.tree),
            // Parameters that are sent without checks are sent unchanged.
            _ => Params::Json(&self.params),
        }
    }

    fn check(&self) -> Result<(), Violations> {
        self.validate()
    }
}

/// Does not compare the tree, which depends only on spec and parameters.
impl PartialEq for AnyAction {
    fn eq(&self, other: &Self) -> bool {
        let same_spec = match (&self.checked, &other.checked) {
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

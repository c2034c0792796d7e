//! Builds specs of tc-spec: once for each object and action, when they are first used.

use std::sync::OnceLock;

use tc_spec::names::field_names;
use tc_spec::{
    ErrorClass, ErrorSpec, FieldPath, Items, Length, Limit, Literal, ModelCell, ModelRef, ModelSpec, PageForm,
    PageSpec, ParamSpec, Range, Shape, Values,
};

use super::error::CatalogError;
use super::frame::Frame;
use super::limits::{Ends, Limits, ScalarRef};
use super::page;
use super::view::{Action, Member, Object, Status};
use crate::Number;
use crate::types::Type;

/// The specs of a frame. Like the frames, they are kept as long as the program runs.
#[derive(Debug)]
pub(crate) struct Specs {
    /// One for each object.
    models: Vec<ModelCell>,
    /// One for each action.
    actions: Vec<OnceLock<&'static tc_spec::ActionSpec>>,
    errors: OnceLock<&'static [ErrorSpec]>,
}

impl Specs {
    fn of(frame: &'static Frame) -> &'static Self {
        frame.specs.get_or_init(|| {
            let is_response = responses(frame);
            let cell = |(position, is_response)| {
                ModelCell::new(move || {
                    let object = Object { frame, position };
                    model(object, object.name(), is_response)
                })
            };
            let models = is_response.into_iter().enumerate().map(cell).collect();
            let actions = frame.actions.iter().map(|_| OnceLock::new()).collect();
            Self { models, actions, errors: OnceLock::new() }
        })
    }
}

/// For each object, whether it is the response of an action.
fn responses(frame: &Frame) -> Vec<bool> {
    let mut is_response = vec![false; frame.objects.len()];
    for action in &frame.actions {
        if let Some(is_response) = is_response.get_mut(action.response as usize) {
            *is_response = true;
        }
    }
    is_response
}

impl Object<'static> {
    /// The spec of the object. Its values are checked, encoded and decoded by it.
    ///
    /// The spec of a response does not have the `RequestId`, which every response has.
    pub fn model(self) -> ModelRef {
        ModelRef::cell(&Specs::of(self.frame).models[self.position()])
    }
}

impl Action<'static> {
    /// The spec of the action. Its parameters are checked and encoded by it, and its response is decoded.
    ///
    /// ```
    /// use tc_catalog::{Catalog, Site};
    ///
    /// let action = Catalog::embedded()?.action(Site::China, "mps", None, "DescribePersonSamples")?;
    /// let spec = action.spec()?;
    /// assert_eq!((spec.service, spec.version, spec.request.name), ("mps", "2019-06-12", "DescribePersonSamples"));
    /// assert_eq!(spec.request.param("PersonIds").unwrap().field, "person_ids");
    /// # Ok::<(), tc_catalog::CatalogError>(())
    /// ```
    ///
    /// # Errors
    /// The error codes of the version are damaged in the file.
    pub fn spec(self) -> Result<&'static tc_spec::ActionSpec, CatalogError> {
        let specs = Specs::of(self.module().frame);
        let cell = specs.actions.get(self.position());
        if let Some(spec) = cell.and_then(OnceLock::get) {
            return Ok(spec);
        }
        let errors = match specs.errors.get() {
            Some(errors) => errors,
            None => {
                let spec = |code| ErrorSpec { code, doc: "", class: ErrorClass::of(code).unwrap_or(ErrorClass::State) };
                let codes: Vec<ErrorSpec> = self.module().error_codes()?.map(spec).collect();
                *specs.errors.get_or_init(|| codes.leak())
            }
        };
        let spec = action(self, errors);
        Ok(cell.map_or(spec, |cell| cell.get_or_init(|| spec)))
    }
}

fn action(action: Action<'static>, errors: &'static [ErrorSpec]) -> &'static tc_spec::ActionSpec {
    let module = action.module();
    // Messages name the action, as they do for a struct.
    let request = model(action.request(), action.name(), false);
    let response = action.response().model();
    let service = module.service().wire_name();
    let mut spec =
        tc_spec::ActionSpec::new(service, module.version(), action.name(), request).response(response).errors(errors);
    spec.rate = action.rate();
    spec.page = action.page().and_then(|page| page_spec(page, response.get()));
    spec.streaming = action.is_streaming();
    spec.skip_sign = action.skips_signature();
    spec.status = match action.status() {
        Status::Online => tc_spec::Status::Online,
        Status::Deprecated => tc_spec::Status::Deprecated,
        Status::Offline => tc_spec::Status::Offline,
    };
    Box::leak(Box::new(spec))
}

fn model(object: Object<'static>, name: &'static str, is_response: bool) -> &'static ModelSpec {
    let members: Vec<Member<'static>> =
        object.members().filter(|member| !is_response || member.name() != "RequestId").collect();
    let wires: Vec<&str> = members.iter().map(|member| member.name()).collect();
    let params: Vec<ParamSpec> =
        members.iter().zip(field_names(&wires)).map(|(member, field)| param(*member, field)).collect();
    Box::leak(Box::new(ModelSpec::new(name, params.leak())))
}

fn param(member: Member<'static>, field: String) -> ParamSpec {
    let field: &'static str = String::leak(field);
    let field = field.strip_prefix("r#").unwrap_or(field);
    let ty = match member.ty() {
        Type::String => tc_spec::Type::String,
        Type::Int64 => tc_spec::Type::INT64,
        Type::Uint64 => tc_spec::Type::UINT64,
        Type::Float => tc_spec::Type::Float,
        Type::Bool => tc_spec::Type::Boolean,
        Type::Date => tc_spec::Type::Date,
        Type::DateTime => tc_spec::Type::DateTime,
        Type::DateTimeIso => tc_spec::Type::Time,
        Type::Binary => tc_spec::Type::Binary,
        Type::Object(object) => tc_spec::Type::Model(object.model()),
    };
    let shape = match (member.is_list(), member.is_optional()) {
        (true, true) if member.clears_when_empty() => Shape::MaybeMany,
        (true, _) => Shape::Many,
        (false, true) => Shape::Maybe,
        (false, false) => Shape::One,
    };
    let mut spec = ParamSpec::new(member.name(), field, ty, shape);
    let limits = member.limits();
    spec.required = !member.is_optional();
    spec.limits = limits_spec(limits, matches!(member.ty(), Type::Float));
    spec.default = limits.default_value().map(|value| literal(value, matches!(member.ty(), Type::Float)));
    spec.nullable = member.is_nullable();
    spec.deprecated = member.is_deprecated();
    spec.sensitive = member.is_sensitive();
    spec
}

fn limits_spec(limits: Limits<'static>, is_float: bool) -> &'static [Limit] {
    if limits.is_empty() {
        return &[];
    }
    let mut specs = Vec::new();
    specs.extend(limits.range().map(|range| Limit::Range(range_spec(range))));
    specs.extend(limits.items().map(|(min, max)| Limit::Items(Items { min: least(min), max: max.map(size) })));
    specs.extend(limits.length().map(|(min, max)| Limit::Length(Length { min: least(min), max: max.map(size) })));
    specs.extend(
        limits.values().and_then(|values| values_spec(&values.collect::<Vec<_>>(), is_float)).map(Limit::Values),
    );
    specs.leak()
}

fn range_spec((min, max): Ends<Number>) -> Range {
    let whole = |end: Option<Number>| end.is_none_or(|number| number.as_int().is_some());
    if whole(min) && whole(max) {
        return Range::Int { min: min.and_then(Number::as_int), max: max.and_then(Number::as_int) };
    }
    Range::Float { min: min.map(float), max: max.map(float) }
}

/// The accepted values, if all of them are numbers or all are texts.
fn values_spec(values: &[ScalarRef<'static>], is_float: bool) -> Option<Values> {
    let texts: Option<Vec<&'static str>> = values
        .iter()
        .map(|value| match value {
            ScalarRef::Text(text) => Some(*text),
            _ => None,
        })
        .collect();
    if let Some(texts) = texts {
        return Some(Values::Texts(texts.leak()));
    }
    let numbers: Option<Vec<Number>> = values
        .iter()
        .map(|value| match value {
            ScalarRef::Number(number) => Some(*number),
            _ => None,
        })
        .collect();
    let numbers = numbers?;
    let whole: Option<Vec<i128>> = numbers.iter().map(|number| number.as_int()).collect();
    match whole {
        Some(whole) if !is_float => Some(Values::Integers(whole.leak())),
        _ => Some(Values::Floats(numbers.into_iter().map(float).collect::<Vec<_>>().leak())),
    }
}

fn literal(value: ScalarRef<'static>, is_float: bool) -> Literal<'static> {
    match value {
        ScalarRef::Bool(value) => Literal::Bool(value),
        ScalarRef::Text(text) => Literal::Text(text),
        ScalarRef::Number(number) => match number.as_int() {
            Some(number) if !is_float => Literal::Int(number),
            _ => {
                let (value, text) = float(number);
                Literal::Float(value, text)
            }
        },
    }
}

/// The nearest double, and how the number is written.
fn float(number: Number) -> (f64, &'static str) {
    let text: &'static str = String::leak(number.to_string());
    (text.parse().unwrap_or(f64::NAN), text)
}

fn least(min: Option<u64>) -> usize {
    min.map_or(0, size)
}

/// A count. One that does not fit becomes the greatest possible.
fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The paging, if the response has a list of items.
fn page_spec(page: page::Page<'static>, response: &'static ModelSpec) -> Option<PageSpec> {
    let path = |path: &'static str| field_path(path, response);
    let form = match page.form {
        page::PageForm::Offset { offset, limit } => PageForm::Offset { offset, limit },
        page::PageForm::Number { number, size, first } => PageForm::Number { number, size, first },
        page::PageForm::Token { token, next, more, size } => {
            PageForm::Token { token, next: path(next)?, more: more.and_then(path), size }
        }
    };
    Some(PageSpec { form, total: page.total.and_then(path), items: path(page.items?)? })
}

/// The names of the fields along a path of wire names.
fn field_path(path: &'static str, response: &'static ModelSpec) -> Option<FieldPath> {
    let mut model = response;
    let mut fields: Vec<&'static str> = Vec::new();
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        let param = model.param(name)?;
        fields.push(param.field);
        if names.peek().is_some() {
            let tc_spec::Type::Model(nested) = param.ty else { return None };
            model = nested.get();
        }
    }
    Some(fields.leak())
}

//! Specs from the catalog.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

use tc_catalog::{Action, Member, Number, Object, Page, PageForm, ScalarRef, Service, Status, Type as Declared};
use tc_spec::{
    ActionSpec, Items, Length, Limit, Literal, ModelCell, ModelRef, ModelSpec, ParamSpec, Range, Shape, Type, Values,
    names,
};

/// The spec of an action.
pub(super) fn spec(service: Service<'static>, action: Action<'static>) -> &'static ActionSpec {
    let request = model(action.request(), true).get();
    let response = model(action.response(), false);
    let mut spec = ActionSpec::new(service.wire_name(), action.module().version(), action.name(), request);
    spec = spec.response(ModelRef::cell(response));
    if action.skips_signature() {
        spec = spec.skip_sign();
    }
    if action.is_streaming() {
        spec = spec.streaming();
    }
    if let Some(rate) = action.rate() {
        spec = spec.rate(rate);
    }
    spec = spec.status(match action.status() {
        Status::Online => tc_spec::Status::Online,
        Status::Deprecated => tc_spec::Status::Deprecated,
        Status::Offline => tc_spec::Status::Offline,
    });
    if let Some(page) = action.page()
        && let Some(page) = paging(page)
    {
        spec = spec.page(page);
    }
    Box::leak(Box::new(spec))
}

/// A path of wire names as one of field names.
fn fields(path: &str) -> &'static [&'static str] {
    path.split('.')
        .map(|wire| &*names::field_name(wire).trim_start_matches("r#").to_owned().leak())
        .collect::<Vec<_>>()
        .leak()
}

fn paging(page: Page<'static>) -> Option<tc_spec::PageSpec> {
    let form = match page.form {
        PageForm::Offset { offset, limit } => tc_spec::PageForm::Offset { offset, limit },
        PageForm::Number { number, size, first } => tc_spec::PageForm::Number { number, size, first },
        PageForm::Token { token, next, more, size } => {
            tc_spec::PageForm::Token { token, next: fields(next), more: more.map(fields), size }
        }
    };
    Some(tc_spec::PageSpec { form, total: page.total.map(fields), items: fields(page.items?) })
}

/// The cell of an object, one for each module and direction.
fn model(object: Object<'static>, request: bool) -> &'static ModelCell {
    type Cells = Mutex<HashMap<(usize, usize, bool), &'static ModelCell>>;
    static CELLS: OnceLock<Cells> = OnceLock::new();
    let mut cells = CELLS.get_or_init(Cells::default).lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let key = (object.name().as_ptr() as usize, object.position(), request);
    cells.entry(key).or_insert_with(|| Box::leak(Box::new(ModelCell::new(move || build(object, request)))))
}

fn build(object: Object<'static>, request: bool) -> &'static ModelSpec {
    let params: Vec<ParamSpec> =
        object.members().filter(|member| request || member.name() != "RequestId").map(|m| param(m, request)).collect();
    Box::leak(Box::new(ModelSpec::new(object.name(), params.leak())))
}

fn param(member: Member<'static>, request: bool) -> ParamSpec {
    let ty = match member.ty() {
        Declared::String => Type::String,
        Declared::Int64 => Type::INT64,
        Declared::Uint64 => Type::UINT64,
        Declared::Float => Type::Float,
        Declared::Bool => Type::Boolean,
        Declared::Date => Type::Date,
        Declared::DateTime => Type::DateTime,
        Declared::DateTimeIso => Type::Time,
        Declared::Binary => Type::Binary,
        Declared::Object(object) => Type::Model(ModelRef::cell(model(object, request))),
    };
    let required = request && member.is_required();
    let shape = match (member.is_list(), required) {
        (true, _) => Shape::Many,
        (false, true) => Shape::One,
        (false, false) => Shape::Maybe,
    };
    let mut param = ParamSpec::new(
        member.name(),
        names::field_name(member.name()).trim_start_matches("r#").to_owned().leak(),
        ty,
        shape,
    );
    if required {
        param = param.required();
    }
    let (limits, default) = limits(member, ty);
    param = param.limits(limits.leak());
    if let Some(default) = default {
        param = param.default(default);
    }
    if member.is_deprecated() {
        param = param.deprecated();
    }
    if member.is_nullable() {
        param = param.nullable();
    }
    if member.is_sensitive() {
        param = param.sensitive();
    }
    param
}

/// The limits of a member that fit its type, and its default.
fn limits(member: Member<'static>, ty: Type) -> (Vec<Limit>, Option<Literal<'static>>) {
    let found = member.limits();
    let mut limits = Vec::new();
    if let Some((min, max)) = found.range() {
        let whole = |end: Option<Number>| end.map(Number::as_int);
        let range = match (whole(min), whole(max)) {
            (Some(None), _) | (_, Some(None)) => Range::Float { min: min.map(float), max: max.map(float) },
            (min, max) => Range::Int { min: min.flatten(), max: max.flatten() },
        };
        limits.push(Limit::Range(range));
    }
    let count = |(min, max): (Option<u64>, Option<u64>)| {
        let end = |end: u64| usize::try_from(end).unwrap_or(usize::MAX);
        (min.map_or(0, end), max.map(end))
    };
    if let Some((min, max)) = found.items().map(count) {
        limits.push(Limit::Items(Items { min, max }));
    }
    if let Some((min, max)) = found.length().map(count) {
        limits.push(Limit::Length(Length { min, max }));
    }
    if let Some(values) = found.values() {
        let values: Vec<ScalarRef<'static>> = values.collect();
        let texts: Vec<&str> = values
            .iter()
            .filter_map(|value| if let ScalarRef::Text(text) = value { Some(*text) } else { None })
            .collect();
        let numbers: Vec<i128> = values
            .iter()
            .filter_map(|value| if let ScalarRef::Number(number) = value { number.as_int() } else { None })
            .collect();
        if texts.len() == values.len() {
            limits.push(Limit::Values(Values::Texts(texts.leak())));
        } else if numbers.len() == values.len() {
            limits.push(Limit::Values(Values::Integers(numbers.leak())));
        }
    }
    limits.retain(|limit| limit.applies_to(ty, member.is_list()));
    let default = found.default_value().map(|value| match value {
        ScalarRef::Bool(value) => Literal::Bool(value),
        ScalarRef::Text(text) => Literal::Text(text),
        ScalarRef::Number(number) => number.as_int().map_or_else(
            || {
                let (value, text) = float(number);
                Literal::Float(value, text)
            },
            Literal::Int,
        ),
    });
    (limits, default)
}

fn float(number: Number) -> (f64, &'static str) {
    let text: &'static str = number.to_string().leak();
    (text.parse().unwrap_or_default(), text)
}

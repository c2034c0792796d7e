//! The actions of these tests, with specs written by hand.

use serde_json::Value as Json;
use tc_core::model::{Value, binary_spec_of, spec_of};
use tc_core::spec::{
    ActionSpec, BodyForm, Charset, EnumSpec, EnumValue, Items, Length, Limit, ModelRef, ModelSpec, ParamSpec, Range,
    Shape, Type, Values,
};
use tc_core::{Action, ErrorCode, Fields, Model};

/// An action whose values are not inspected.
macro_rules! action {
    ($(#[$doc:meta])* $name:ident, $spec:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(crate) struct $name(pub(crate) Vec<Json>);

        impl Fields for $name {
            fn model(&self) -> &'static ModelSpec {
                Self::MODEL
            }

            fn member(&self, index: usize) -> Value<'_> {
                self.0.get(index).filter(|value| !value.is_null()).map_or(Value::Absent, Value::Json)
            }
        }

        impl Model for $name {
            const MODEL: &'static ModelSpec = Self::SPEC.request;

            fn empty() -> Self {
                Self(vec![Json::Null; Self::MODEL.params.len()])
            }

            fn read<'de, A: serde::de::MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
                self.0[index] = map.next_value()?;
                Ok(())
            }
        }

        impl Action for $name {
            const SPEC: ActionSpec = $spec;
            type Response = Echo;
            type Error = ErrorCode;
        }
    };
}

/// A response of one number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Echo(pub(crate) Option<u64>);

impl Fields for Echo {
    fn model(&self) -> &'static ModelSpec {
        Self::MODEL
    }

    fn member(&self, _: usize) -> Value<'_> {
        self.0.map_or(Value::Absent, Value::Uint)
    }
}

impl Model for Echo {
    const MODEL: &'static ModelSpec = &ModelSpec::new("Echo", &[spec_of::<Option<u64>>("TotalCount", "total_count")]);

    fn empty() -> Self {
        Self(None)
    }

    fn read<'de, A: serde::de::MapAccess<'de>>(&mut self, _: usize, map: &mut A) -> Result<(), A::Error> {
        self.0 = map.next_value()?;
        Ok(())
    }
}

const fn items(max: usize) -> Limit {
    Limit::Items(Items { min: 0, max: Some(max) })
}

const fn length(max: usize) -> Limit {
    Limit::Length(Length { min: 0, max: Some(max) })
}

const KIND: &EnumSpec = &EnumSpec::new(
    "SampleType",
    "",
    &[EnumValue { name: "UserDefine", doc: "" }, EnumValue { name: "Default", doc: "" }],
);

const fn param(name: &'static str, ty: Type, shape: Shape) -> ParamSpec {
    let mut param = spec_of::<Option<String>>(name, name);
    param.ty = ty;
    param.shape = shape;
    param.required = matches!(shape, Shape::One);
    param
}

const FILTER: &ModelSpec = &ModelSpec::new(
    "Filter",
    &[spec_of::<String>("Name", "name"), spec_of::<Vec<String>>("Values", "values").limits(&[items(2)])],
);

action! {
    /// A search with a parameter of every kind.
    Search,
    ActionSpec::new("mps", "2019-06-12", "Search", &ModelSpec::new("Search", &[
        param("Type", Type::Enum(KIND), Shape::Maybe),
        spec_of::<Vec<String>>("PersonIds", "person_ids").limits(&[
            items(3),
            length(5),
            Limit::Charset(Charset { text: "0-9a-z", ranges: &[('0', '9'), ('a', 'z')] }),
        ]),
        param("Filters", Type::Model(ModelRef::of(|| FILTER)), Shape::Many),
        spec_of::<Option<u64>>("Limit", "limit").limits(&[Limit::Range(Range::Int { min: Some(1), max: Some(100) })]),
        spec_of::<Option<i64>>("Offset", "offset"),
        spec_of::<Option<f64>>("Score", "score").limits(&[Limit::Range(Range::Float {
            min: Some((0.0, "0.0")),
            max: Some((1.0, "1.0")),
        })]),
        spec_of::<Option<bool>>("Deep", "deep"),
        param("Since", Type::Time, Shape::Maybe),
        spec_of::<Option<String>>("Password", "password").limits(&[length(3)]).sensitive(),
        spec_of::<Option<String>>("Size", "size").limits(&[Limit::Values(Values::Texts(&["S", "M"]))]),
        spec_of::<Vec<String>>("Sizes", "sizes").limits(&[Limit::Values(Values::Texts(&["S", "M"]))]),
        spec_of::<Vec<i64>>("Ports", "ports").limits(&[Limit::Values(Values::Integers(&[-1, 80, 443]))]),
        spec_of::<Option<f64>>("Speed", "speed").limits(&[Limit::Values(Values::Floats(&[(0.5, "0.5"), (2.0, "2.0")]))]),
        spec_of::<Option<f64>>("Zoom", "zoom").limits(&[Limit::Values(Values::Integers(&[1, 2]))]),
        spec_of::<Option<u64>>("Pin", "pin").limits(&[Limit::Values(Values::Integers(&[4712]))]).sensitive(),
        param("Free", Type::Json, Shape::Maybe),
    ])).rate(5)
}

action! {
    /// An action that needs something.
    Person,
    ActionSpec::new("mps", "2019-06-12", "Person", &ModelSpec::new("Person", &[
        spec_of::<String>("PersonId", "person_id"),
    ]))
}

action! {
    /// An upload.
    Upload,
    ActionSpec::new("mps", "2019-06-12", "Upload", &ModelSpec::new("Upload", &[
        binary_spec_of::<Vec<u8>>("File", "file"),
        spec_of::<Option<u64>>("Size", "size"),
        spec_of::<Vec<String>>("Tags", "tags"),
    ]))
}

action! {
    /// An upload whose body is the bytes themselves.
    UploadLog,
    ActionSpec::new("cls", "2019-06-12", "UploadLog", &ModelSpec::new("UploadLog", &[
        spec_of::<String>("TopicId", "topic_id"),
        binary_spec_of::<Vec<u8>>("Log", "log"),
    ])).body(BodyForm::OctetStream)
}

action! {
    /// An action that needs no signature.
    AssumeRole,
    ActionSpec::new("sts", "2019-06-12", "AssumeRole", &ModelSpec::new("AssumeRole", &[])).skip_sign()
}

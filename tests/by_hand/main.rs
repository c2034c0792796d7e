//! An action written without the macro: what `#[tc_action]` stands for, line by line, and that it behaves the same.

use serde::de::MapAccess;
use tc_core::facts::{ActionSpec, ErrorClass, ErrorSpec, ModelSpec, ParamSpec, Range};
use tc_core::model::Value;
use tc_core::{Action, ErrorCode, Fields, Model, Param, ServiceError};

/// What `#[tc_action(service = "iai", version = "2020-03-03", name = "GetPersonGroupInfo")]` stands above.
#[derive(Debug, Clone, PartialEq)]
struct GetPersonGroupInfo {
    person_id: String,
    limit: Option<u64>,
}

impl Fields for GetPersonGroupInfo {
    fn model(&self) -> &'static ModelSpec {
        Self::MODEL
    }

    fn member(&self, index: usize) -> Value<'_> {
        match index {
            0 => self.person_id.value(),
            1 => self.limit.value(),
            _ => Value::Absent,
        }
    }
}

impl Model for GetPersonGroupInfo {
    const MODEL: &'static ModelSpec = &ModelSpec::new(
        "GetPersonGroupInfo",
        &[
            ParamSpec::of::<String>("PersonId", "person_id"),
            ParamSpec::of::<Option<u64>>("Limit", "limit").range(Range::Int { min: None, max: Some(100) }),
        ],
    );

    fn empty() -> Self {
        Self { person_id: String::empty(), limit: None }
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
        match index {
            0 => self.person_id.read(map),
            _ => self.limit.read(map),
        }
    }
}

impl Action for GetPersonGroupInfo {
    const SPEC: ActionSpec = ActionSpec::new("iai", "2020-03-03", "GetPersonGroupInfo", Self::MODEL)
        .response(|| GetPersonGroupInfoResponse::MODEL)
        .errors(NoSuchPerson::CODES);
    type Response = GetPersonGroupInfoResponse;
    type Error = NoSuchPerson;
}

/// What `#[tc_model]` stands above.
#[derive(Debug, Clone, PartialEq)]
struct GetPersonGroupInfoResponse {
    group_num: Option<u64>,
}

impl Fields for GetPersonGroupInfoResponse {
    fn model(&self) -> &'static ModelSpec {
        Self::MODEL
    }

    fn member(&self, _: usize) -> Value<'_> {
        self.group_num.value()
    }
}

impl Model for GetPersonGroupInfoResponse {
    const MODEL: &'static ModelSpec =
        &ModelSpec::new("GetPersonGroupInfoResponse", &[ParamSpec::of::<Option<u64>>("GroupNum", "group_num")]);

    fn empty() -> Self {
        Self { group_num: None }
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, _: usize, map: &mut A) -> Result<(), A::Error> {
        self.group_num.read(map)
    }
}

/// What `#[tc_error]` stands above.
#[derive(Debug, PartialEq)]
struct NoSuchPerson;

impl ServiceError for NoSuchPerson {
    const CODES: &'static [ErrorSpec] = &[ErrorSpec {
        code: "InvalidParameterValue.PersonIdNotExist",
        doc: "No person has this id.",
        class: ErrorClass::Caller,
    }];

    fn from_code(code: &ErrorCode) -> Option<Self> {
        (*code == Self::CODES[0].code).then_some(Self)
    }
}

//! The specs of actions: constants with the types, limits, defaults and error codes of parameters, which the macros write.

pub(crate) use tc_spec::is_read;
pub use tc_spec::limit::*;
pub(crate) use tc_spec::names::COMMON_PARAMETERS;
pub(crate) use tc_spec::suggest::did_you_mean;
pub use tc_spec::{
    ActionSpec, BodyForm, ConstValue, EnumSpec, EnumValue, ErrorClass, ErrorSpec, FieldPath, Literal, Message, Method,
    ModelCell, ModelRef, ModelSpec, PageForm, PageSpec, ParamSpec, Problem, Shape, SignatureMethod, Status, Type,
    check, check_count,
};

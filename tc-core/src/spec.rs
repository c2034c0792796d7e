//! The specs of actions: constants with the types, limits, defaults and error codes of parameters, which the macros write.

pub(crate) use tc_spec::is_read;
pub(crate) use tc_spec::names::COMMON_PARAMETERS;
pub(crate) use tc_spec::suggest::did_you_mean;
pub use tc_spec::{
    ActionSpec, BodyForm, Charset, ConstValue, EnumSpec, EnumValue, ErrorClass, ErrorSpec, FieldPath, Items, Length,
    Limit, LimitKind, Literal, Message, Method, ModelCell, ModelRef, ModelSpec, PageForm, PageSpec, ParamSpec, Problem,
    Range, Shape, SignatureMethod, Status, Type, Values, check, check_count,
};

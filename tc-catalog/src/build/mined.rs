//! The mined limits of a member that fit its type.

use super::model::LimitData;
use crate::mine::{MinedInput, mine};
use crate::types::Type;
use crate::{Ends, Number, Scalar};

/// Mines the limits of a member, and drops those that its type cannot have.
pub(crate) fn read(input: &MinedInput<'_>, ty: Type<usize>, list: bool) -> LimitData {
    let mined = mine(input);
    let is_number = ty.is_integer() || matches!(ty, Type::Float);
    let fits = |value: &Scalar| match (ty, value) {
        (Type::Int64, Scalar::Number(number)) => number.as_int().is_some_and(|number| i64::try_from(number).is_ok()),
        (Type::Uint64, Scalar::Number(number)) => number.as_int().is_some_and(|number| u64::try_from(number).is_ok()),
        (Type::Float, Scalar::Number(_)) | (Type::Bool, Scalar::Bool(_)) => true,
        (_, Scalar::Text(text)) => ty.is_text() && !text.contains('\0'),
        _ => false,
    };
    let is_whole = |number: &Option<Number>| !ty.is_integer() || number.is_none_or(|number| number.as_int().is_some());
    LimitData {
        range: mined.range.filter(|range| is_number && is_range(range) && is_whole(&range.0) && is_whole(&range.1)),
        items: mined.items.filter(|items| list && is_range(items)),
        length: mined.length.filter(|length| matches!(ty, Type::String) && is_range(length)),
        default: mined.default.filter(|default| !list && fits(default)),
        values: mined
            .values
            .filter(|values| !values.is_empty() && !matches!(ty, Type::Bool) && values.iter().all(fits)),
    }
}

/// Whether at least one end is given, and the ends are in order.
fn is_range<T: PartialOrd>(ends: &Ends<T>) -> bool {
    match ends {
        (None, None) => false,
        (Some(min), Some(max)) => min <= max,
        _ => true,
    }
}

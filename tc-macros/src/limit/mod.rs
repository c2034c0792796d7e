//! The limits of a field, one file for each: its syntax, the check that it applies to the field, its tokens, and its
//! sentence in the documentation.

mod charset;
mod count;
mod items;
mod length;
mod range;
mod values;

use proc_macro2::TokenStream;
use tc_spec::LimitKind;

use crate::diagnostics::Diagnostics;
use crate::literal::{Default, Number};
use crate::model::FieldType;
use crate::parse::Entry;

/// Messages that several limits use.
const EMPTY_RANGE: &str = "this range is empty; write the smaller end first";
const OPEN_RANGE: &str =
    "this range has no minimum and no maximum, so it limits nothing; write at least one of them, such as `1..=100`";

/// A valid limit of a field.
pub(crate) trait Limit {
    /// The tokens of the limit: `__tc::Limit::Range(…)`.
    fn tokens(&self) -> TokenStream;

    /// The sentence in the documentation: "At most 100." `each` is true if the field is a list and the limit applies to
    /// each item.
    fn sentence(&self, each: bool) -> String;

    /// Returns why the limit does not accept a default or a value of the field: "is outside the field's `range =
    /// 1..=9`".
    fn rejects(&self, value: &Default) -> Option<String>;

    /// The kind of the limit.
    #[allow(dead_code, reason = "used by `verify`, which needs the feature `catalog`")]
    fn kind(&self) -> LimitKind;

    /// The smallest and the largest accepted number: of the value, of its characters or of the items.
    #[allow(dead_code, reason = "used by `verify`, which needs the feature `catalog`")]
    fn ends(&self) -> (Option<Number>, Option<Number>) {
        (None, None)
    }

    /// The accepted values, each with its tokens, if this is the limit `values`.
    fn listed_values(&self) -> &[(Default, TokenStream)] {
        &[]
    }
}

/// Parses the limit in `entry`. Reports a limit that is not valid or does not apply to `field_type`.
pub(crate) fn read(
    kind: LimitKind,
    entry: &Entry,
    field_type: Option<&FieldType>,
    errors: &mut Diagnostics,
) -> Option<Box<dyn Limit>> {
    fn boxed<L: Limit + 'static>(limit: L) -> Box<dyn Limit> {
        Box::new(limit)
    }
    match kind {
        LimitKind::Range => range::read(entry, field_type, errors).map(boxed),
        LimitKind::Items => items::read(entry, field_type, errors).map(boxed),
        LimitKind::Length => length::read(entry, field_type, errors).map(boxed),
        LimitKind::Charset => charset::read(entry, field_type, errors).map(boxed),
        LimitKind::Values => values::read(entry, field_type, errors).map(boxed),
    }
}

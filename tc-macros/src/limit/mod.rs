//! The limits of a field, one file each: how it is written, whether it fits the field, its tokens, and the sentence in
//! the documentation.

mod charset;
mod count;
mod items;
mod length;
mod range;
mod values;

use proc_macro2::TokenStream;
use tc_spec::LimitKind;

use crate::diagnostics::Diagnostics;
use crate::model::{Default, Look, Number};
use crate::parse::Entry;

/// Messages that several limits use.
const EMPTY_RANGE: &str = "this range is empty; write the smaller end first";
const OPEN_RANGE: &str = "this range has no ends, so it limits nothing; write one, as in `1..=100`";

/// A limit of a field that fits it.
pub(crate) trait Limit {
    /// The limit as a value: `__tc::Limit::Range(…)`.
    fn tokens(&self) -> TokenStream;

    /// What the documentation says of it: "At most 100." `each` where it is about the items of a list.
    fn sentence(&self, each: bool) -> String;

    /// Why the field's default, or one of its accepted values, is not accepted: "is outside the field's own range".
    fn refuses(&self, value: &Default) -> Option<String>;

    /// Which limit it is.
    #[allow(dead_code, reason = "asked by `verify`, which comes with the feature `catalog`")]
    fn kind(&self) -> LimitKind;

    /// The least and the greatest number that is accepted: of the value, the characters or the items.
    #[allow(dead_code, reason = "asked by `verify`, which comes with the feature `catalog`")]
    fn ends(&self) -> (Option<Number>, Option<Number>) {
        (None, None)
    }

    /// The accepted values, if they are listed, each with what was written.
    fn listed(&self) -> &[(Default, TokenStream)] {
        &[]
    }
}

/// Reads the limit that `entry` sets. What cannot be read, or does not fit a field that looks like `look`, is a mistake.
pub(crate) fn read(
    kind: LimitKind,
    entry: &Entry,
    look: Option<&Look>,
    errors: &mut Diagnostics,
) -> Option<Box<dyn Limit>> {
    fn boxed<L: Limit + 'static>(limit: L) -> Box<dyn Limit> {
        Box::new(limit)
    }
    match kind {
        LimitKind::Range => range::read(entry, look, errors).map(boxed),
        LimitKind::Items => items::read(entry, look, errors).map(boxed),
        LimitKind::Length => length::read(entry, look, errors).map(boxed),
        LimitKind::Charset => charset::read(entry, look, errors).map(boxed),
        LimitKind::Values => values::read(entry, look, errors).map(boxed),
    }
}

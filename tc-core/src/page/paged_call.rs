//! The calls that have pages: actions with `page(…)`, and actions by name with [`page`](crate::AnyAction::page).

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::action::Paged;
use crate::call::Call;
use crate::model::{Fields, Value, at};
use crate::spec::{Limit, Literal, PageForm, ParamSpec, Range, Values};

/// A call whose response has pages: every action whose `#[tc_action]` has `page(…)`, and an [`AnyAction`](crate::AnyAction) with
/// [`page`](crate::AnyAction::page).
///
/// This trait is sealed: it has no other implementations.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no pages",
    label = "its #[tc_action] has no `page(…)`",
    note = "add `page(items = …)` to its #[tc_action], with the field of the response that has the list"
)]
pub trait PagedCall: Call + Clone {
    /// The type of the items.
    type Item;

    /// The parameters that choose a page, if they are known.
    #[doc(hidden)]
    fn form(&self) -> Option<Form<'_>>;

    /// The documented maximum of items in a page, or else the documented default.
    #[doc(hidden)]
    fn documented_size(&self) -> Option<u64>;

    /// The spec of the parameter for the number of items of a page.
    #[doc(hidden)]
    fn size_spec(&self) -> Option<&'static ParamSpec>;

    /// The first item or page and the number of items in the parameters of the request.
    #[doc(hidden)]
    fn window(&self) -> (Option<u64>, Option<u64>);

    /// Sets the parameters that choose the page, and its size.
    #[doc(hidden)]
    fn set_page(&mut self, position: Position<'_>, size: Option<u64>);

    /// The path of the list in a response, by names on the wire.
    #[doc(hidden)]
    fn list_path(&self) -> Option<String>;

    /// Returns the number of items of a response, the total, and the next token.
    #[doc(hidden)]
    fn page_info(&self, response: &Self::Response) -> PageInfo;

    /// Returns a fingerprint of the items, which detects a repeated page. `size` is the number of requested items.
    #[doc(hidden)]
    fn fingerprint(&self, response: &Self::Response, size: Option<u64>) -> Fingerprint;

    /// Returns the items of a response.
    #[doc(hidden)]
    fn items(&self, response: Self::Response) -> Vec<Self::Item>;
}

/// The parameters that choose a page, by name.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form<'a> {
    /// The number of items to skip.
    Offset { offset: &'a str },
    /// The number of the page.
    Number { number: &'a str, first: u64 },
    /// A token from the page before.
    Token { token: &'a str },
}

/// Which page a request is for.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Position<'a> {
    /// The number of items to skip, or the number of the page.
    At(u64),
    /// The token from the page before; `None` for the first page.
    Token(Option<&'a str>),
}

/// What a response contains about its page.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct PageInfo {
    pub(crate) count: u64,
    pub(crate) total: Option<u64>,
    /// The token of the next page.
    pub(crate) next: Option<String>,
    /// The reason why no list was found.
    pub(crate) no_list: Option<String>,
}

/// A hash of the items of a page.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    pub(crate) hash: u64,
    /// Whether the items differ from each other or are structs, so that an equal page is certainly a repetition.
    pub(crate) distinct: bool,
    /// The hash of the first item.
    pub(crate) first: Option<u64>,
    /// The hash of the first item after the requested number of items.
    pub(crate) beyond: Option<u64>,
}

impl<A: Paged + Clone> PagedCall for A {
    type Item = A::Item;

    fn form(&self) -> Option<Form<'_>> {
        Some(match A::SPEC.page?.form {
            PageForm::Offset { offset, .. } => Form::Offset { offset },
            PageForm::Number { number, first, .. } => Form::Number { number, first },
            PageForm::Token { token, .. } => Form::Token { token },
        })
    }

    fn documented_size(&self) -> Option<u64> {
        Some(max_size(self.size_spec()?).unwrap_or(100))
    }

    fn size_spec(&self) -> Option<&'static ParamSpec> {
        A::SPEC.request.param(A::SPEC.page?.size()?)
    }

    fn window(&self) -> (Option<u64>, Option<u64>) {
        Paged::window(self)
    }

    fn set_page(&mut self, position: Position<'_>, size: Option<u64>) {
        match position {
            Position::At(from) => {
                if let Some(size) = size {
                    Paged::set_window(self, from, size);
                }
            }
            Position::Token(token) => {
                if let Some(size) = size {
                    Paged::set_window(self, 0, size);
                }
                // Without a token, the first page is that of the request, which may have its own token.
                if let Some(token) = token {
                    self.set_token(token);
                }
            }
        }
    }

    fn list_path(&self) -> Option<String> {
        let path = A::SPEC.response.get().path(A::SPEC.page?.items)?;
        Some(path.iter().map(|param| param.name).collect::<Vec<_>>().join("."))
    }

    fn page_info(&self, response: &Self::Response) -> PageInfo {
        let count = u64::try_from(A::count(response)).unwrap_or(u64::MAX);
        PageInfo { count, total: A::total(response), next: A::next_token(response), ..PageInfo::default() }
    }

    fn fingerprint(&self, response: &Self::Response, size: Option<u64>) -> Fingerprint {
        fingerprint(A::SPEC.page.map_or(Value::Absent, |page| at(response, page.items)).items(), size)
    }

    fn items(&self, response: Self::Response) -> Vec<Self::Item> {
        A::items(response)
    }
}

/// The maximum number of items that this parameter accepts, or else its default.
pub(super) fn max_size(limit: &ParamSpec) -> Option<u64> {
    let most = match limit.range() {
        Some(Range::Int { max, .. }) => max,
        _ => None,
    };
    let most = match (listed(limit), limit.default) {
        (Some(values), _) => values.iter().copied().filter(|value| most.is_none_or(|most| *value <= most)).max(),
        (None, Some(Literal::Int(usual))) => Some(most.unwrap_or(usual)),
        (None, _) => most,
    };
    most.and_then(|most| u64::try_from(most).ok())
}

/// The smallest number of items that this parameter accepts and that is at least `wanted`, or else `wanted`.
pub(super) fn at_least(limit: &ParamSpec, wanted: u64) -> u64 {
    let least = match limit.range() {
        Some(Range::Int { min: Some(min), .. }) => min.max(i128::from(wanted)),
        _ => i128::from(wanted),
    };
    let least = match listed(limit) {
        Some(values) => values.iter().copied().filter(|value| *value >= least).min().unwrap_or(least),
        None => least,
    };
    u64::try_from(least).unwrap_or(wanted)
}

/// The accepted numbers, if the spec lists them.
fn listed(limit: &ParamSpec) -> Option<&'static [i128]> {
    limit.limits.iter().find_map(|limit| match limit {
        Limit::Values(Values::Integers(values)) => Some(*values),
        _ => None,
    })
}

/// Computes the fingerprint of the items of a page.
pub(super) fn fingerprint<'a>(items: impl Iterator<Item = Value<'a>>, size: Option<u64>) -> Fingerprint {
    let mut in_order = DefaultHasher::new();
    let (mut first, mut beyond, mut differ, mut structs, mut sum, mut count) = (None, None, false, true, 0_u64, 0_u64);
    for item in items {
        let mut one = DefaultHasher::new();
        hash_value(&item, &mut one);
        let one = one.finish();
        one.hash(&mut in_order);
        sum = sum.wrapping_add(one);
        differ |= *first.get_or_insert(one) != one;
        structs &= matches!(item, Value::Model(_) | Value::Json(serde_json::Value::Object(_)));
        if size == Some(count) {
            beyond = Some(one);
        }
        count += 1;
    }
    // The same structs in another order are the same page; numbers and texts may come in every order.
    let hash = if structs { sum } else { in_order.finish() };
    Fingerprint { hash, distinct: differ || structs && count == 1, first, beyond }
}

fn hash_value(value: &Value<'_>, hasher: &mut DefaultHasher) {
    std::mem::discriminant(value).hash(hasher);
    match value {
        Value::Absent => {}
        Value::Bool(value) => value.hash(hasher),
        Value::Int(number) => number.hash(hasher),
        Value::Uint(number) => number.hash(hasher),
        Value::Float(number) => number.to_bits().hash(hasher),
        Value::Float32(number) => number.to_bits().hash(hasher),
        Value::Text(text) | Value::Enum(text, _) => text.hash(hasher),
        Value::Time(time) => time.hash(hasher),
        Value::Bytes(bytes) => bytes.hash(hasher),
        Value::Upload(upload) => upload.bytes().hash(hasher),
        Value::Model(model) => hash_members(*model, hasher),
        Value::Texts(_) | Value::List(_) => {
            value.count().hash(hasher);
            (*value).items().for_each(|item| hash_value(&item, hasher));
        }
        Value::Json(json) => json.hash(hasher),
    }
}

fn hash_members(model: &dyn Fields, hasher: &mut DefaultHasher) {
    (0..model.model().params.len()).for_each(|index| hash_value(&model.member(index), hasher));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn of(items: &[Json]) -> Fingerprint {
        fingerprint(items.iter().map(Value::Json), None)
    }

    #[test]
    fn a_fingerprint_depends_on_every_item() {
        let page = of(&[json!(1), json!({"A": [1, null]})]);
        assert_eq!(page, of(&[json!(1), json!({"A": [1, null]})]));
        for other in [json!({"A": [1, 2]}), json!({"A": [1]}), json!({"B": [1, null]}), json!(null)] {
            assert_ne!(page.hash, of(&[json!(1), other]).hash);
        }
        assert_ne!(of(&[json!("ab"), json!("c")]).hash, of(&[json!("a"), json!("bc")]).hash);
    }

    #[test]
    fn the_order_of_structs_does_not_matter() {
        let [one, two] = [json!({"Id": 1}), json!({"Id": 2})];
        assert_eq!(of(&[one.clone(), two.clone()]).hash, of(&[two.clone(), one.clone()]).hash);
        assert_ne!(of(&[one.clone(), two.clone()]).hash, of(&[one.clone(), one]).hash);
        assert_ne!(of(&[json!(1), json!(2)]).hash, of(&[json!(2), json!(1)]).hash);
    }

    #[test]
    fn a_page_with_one_number_only_is_not_distinct() {
        assert!(!of(&[json!(0), json!(0)]).distinct && !of(&[json!(0)]).distinct && !of(&[]).distinct);
        assert!(of(&[json!(0), json!(1)]).distinct && of(&[json!({"Id": 1})]).distinct);
        assert!(!of(&[json!({"Value": 0}), json!({"Value": 0})]).distinct);
    }
}

//! The macros, documented where users meet them, with the very cases that the tests keep.

/// An item with a gallery: the files of `tests/compile_fail` and what the compiler says of them.
macro_rules! with_gallery {
    ($(#[$attr:meta])* [$($case:literal),* $(,)?] $item:item) => {
        $(#[$attr])*
        $(
            #[cfg_attr(all(doc, not(doctest)), doc = "\n```rust,ignore")]
            #[cfg_attr(all(doc, not(doctest)), doc = include_str!(concat!("../gallery/", $case, ".rs")))]
            #[cfg_attr(all(doc, not(doctest)), doc = "```\n```text")]
            #[cfg_attr(all(doc, not(doctest)), doc = include_str!(concat!("../gallery/", $case, ".stderr")))]
            #[cfg_attr(all(doc, not(doctest)), doc = "```\n")]
        )*
        $item
    };
}

with_gallery! {
    #[doc = include_str!("../docs/tc_action.md")]
    [
        "key/misspelt_on_a_field",
        "limit/range_of_a_text",
        "limit/default_outside_its_range",
        "name/version_that_is_no_date",
        "name/two_fields_of_one_name",
        "type/bytes_without_binary",
        "page/misspelt_total",
        "many/five_mistakes_of_one_struct",
    ]
    pub use tc_macros::tc_action;
}

#[doc = include_str!("../docs/tc_model.md")]
pub use tc_macros::tc_model;

#[doc = include_str!("../docs/tc_error.md")]
pub use tc_macros::tc_error;

with_gallery! {
    #[doc = include_str!("../docs/request.md")]
    [
        "value/too_large",
        "value/character_that_is_not_accepted",
        "value/misspelt_documented_value",
        "list/too_many_items",
        "list/bad_item",
        "nested/too_long",
        "constant/too_large",
        "missing/parameter",
        "unknown/misspelt_field",
    ]
    #[macro_export]
    macro_rules! request {
        ($($literal:tt)*) => {
            $crate::__private::request!(($crate) $($literal)*)
        };
    }
}

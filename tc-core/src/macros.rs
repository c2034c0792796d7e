//! The macros and their documentation, with compile errors from the tests as examples.

/// Adds examples of compile errors to the documentation of an item: cases of `tests/compile_fail` with their messages, copied
/// into `docs/compile_errors`.
macro_rules! with_compile_errors {
    ($(#[$attr:meta])* [$($case:literal),* $(,)?] $item:item) => {
        $(#[$attr])*
        $(
            #[cfg_attr(all(doc, not(doctest)), doc = "\n```rust,ignore")]
            #[cfg_attr(all(doc, not(doctest)), doc = include_str!(concat!("../docs/compile_errors/", $case, ".rs")))]
            #[cfg_attr(all(doc, not(doctest)), doc = "```\n```text")]
            #[cfg_attr(all(doc, not(doctest)), doc = include_str!(concat!("../docs/compile_errors/", $case, ".stderr")))]
            #[cfg_attr(all(doc, not(doctest)), doc = "```\n")]
        )*
        $item
    };
}

with_compile_errors! {
    #[doc = include_str!("../docs/tc_action.md")]
    [
        "key/misspelt_key_on_field",
        "limit/range_on_text",
        "limit/default_outside_range",
        "name/version_is_not_a_date",
        "name/two_fields_with_one_name",
        "type/bytes_without_binary",
        "page/misspelt_total",
        "many/five_mistakes_in_one_struct",
    ]
    pub use tc_macros::tc_action;
}

#[doc = include_str!("../docs/tc_model.md")]
pub use tc_macros::tc_model;

#[doc = include_str!("../docs/tc_error.md")]
pub use tc_macros::tc_error;

with_compile_errors! {
    #[doc = include_str!("../docs/request.md")]
    [
        "value/too_large",
        "value/character_outside_charset",
        "value/misspelt_enum_value",
        "list/too_many_items",
        "list/item_too_long",
        "nested/too_long",
        "constant/too_large",
        "missing/required_parameter",
        "unknown/misspelt_field",
    ]
    #[macro_export]
    macro_rules! request {
        ($($literal:tt)*) => {
            $crate::__private::request!(($crate) $($literal)*)
        };
    }
}

/// Generates the structs of actions of the cloud from the catalog at compile time.
///
/// Each `mod` becomes a module of annotated structs: the named actions, their responses and what these contain, with the
/// documented limits, defaults, paging and calls per second, and `codes`, the documented error codes as constants. They
/// are the structs that one would write with [`tc_action`] and [`tc_model`], and are used in the same way. The macro needs the
/// feature `catalog`.
///
/// ```
/// tc_core::import! {
///     /// Machines.
///     pub mod cvm { DescribeZones, DescribeInstances }          // the service's default version
///     pub mod iai("2020-03-03") { GetPersonGroupInfo }          // this version
///     mod mps(international) { DescribePersonSamples }          // as the international site documents it
/// }
/// use tc_core::request;
///
/// let instances = request!(cvm::DescribeInstances {
///     limit: 50,
///     filters: [cvm::Filter { name: "zone", values: ["ap-guangzhou-3"] }],
/// });
/// assert!(instances.validate().is_ok());
/// assert!(instances.limit(101).validate().is_err());
/// let samples = request!(mps::DescribePersonSamples { person_ids: ["10569"] });
/// assert_eq!(samples.person_ids, ["10569"]);
/// assert_eq!(iai::codes::FAILED_OPERATION_IMAGE_DECODE_FAILED, "FailedOperation.ImageDecodeFailed");
/// ```
///
/// - The name of a module is that of the service. The service `as` can be written as `autoscaling` or `r#as`.
/// - Without a version, the default version of the service is used. It is that of the official command line, which may not be the
///   newest. If only another version has the action, the error says what to write.
/// - The attributes, doc comments and visibility of the `mod` are kept.
/// - A module can name many actions. Two modules of one service have separate types, also for the same object.
/// - Accepted values become the limit `values` on a `String` or number, not an enum, so that a new catalog does not
///   break the program. To generate source code that you can edit, use `tcapi code`.
/// - An object with the name of an action or of a type such as `Option` is named `…Model`.
#[cfg(feature = "catalog")]
#[macro_export]
macro_rules! import {
    ($($modules:tt)*) => {
        $crate::__private::import! { ($crate) $($modules)* }
    };
}

/// Writes the structs of any actions of the cloud; needs the feature `catalog`.
#[cfg(not(feature = "catalog"))]
#[macro_export]
macro_rules! import {
    ($($modules:tt)*) => {
        ::core::compile_error!("`import!` needs the feature `catalog` of tc-core: features = [\"catalog\"]");
    };
}

//! The syntax of names on the wire, and the conversion between field names and wire names.
//!
//! [`wire_name`] and [`field_name`] are inverse functions for 97 % of the members of the cloud: those whose words have two
//! letters or more. For the others (`InstanceID`, `DBName`, `hadAutoFixVul`), `wire_name(&field_name(wire)) != wire`, and
//! the field needs `#[tc(name = "…")]`.

/// The parameters that every request with signature v1 has, in byte order. An action cannot have a parameter of such a name.
pub const COMMON_PARAMETERS: [&str; 11] = [
    "Action",
    "Language",
    "Nonce",
    "Region",
    "RequestClient",
    "SecretId",
    "Signature",
    "SignatureMethod",
    "Timestamp",
    "Token",
    "Version",
];

/// Returns the wire name of a field: `PersonIds` for `person_ids`, `Type` for `r#type`, `Clone` for `clone_`.
///
/// Removes `r#` and one trailing `_`, splits the name at `_`, and changes the first letter of each word to upper case.
///
/// ```
/// use tc_spec::names::wire_name;
/// assert_eq!(wire_name("person_ids"), "PersonIds");
/// assert_eq!(wire_name("r#type"), "Type");
/// assert_eq!(wire_name("super_"), "Super");
/// ```
pub fn wire_name(field: &str) -> String {
    let field = field.strip_prefix("r#").unwrap_or(field);
    let field = field.strip_suffix('_').unwrap_or(field);
    let mut wire = String::with_capacity(field.len());
    for word in field.split('_') {
        let mut letters = word.chars();
        wire.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        wire.push_str(letters.as_str());
    }
    wire
}

/// Returns the field name of a wire name, as it is written in Rust source.
///
/// A keyword becomes a raw identifier. A keyword that cannot be raw (`super`) and the name of a method of every model
/// (`clone`, `hash`) get a trailing `_`.
///
/// ```
/// use tc_spec::names::field_name;
/// assert_eq!(field_name("PersonIds"), "person_ids");
/// assert_eq!(field_name("DBName"), "db_name");
/// assert_eq!(field_name("Type"), "r#type");
/// assert_eq!(field_name("Super"), "super_");
/// assert_eq!(field_name("Clone"), "clone_");
/// ```
pub fn field_name(wire: &str) -> String {
    escaped(snake(wire, false))
}

/// Returns the field names of the members of one struct, all different, in the order of `wires`.
///
/// Most names are those of [`field_name`]. If two wire names have the same field name (`DnsFormat` and `DNSFormat`), the
/// member whose wire name follows from the field name gets it: `dns_format`. The others are split before every capital
/// letter: `d_n_s_format`.
///
/// ```
/// use tc_spec::names::field_names;
/// assert_eq!(field_names(&["DNSFormat", "DnsFormat"]), ["d_n_s_format", "dns_format"]);
/// ```
pub fn field_names(wires: &[&str]) -> Vec<String> {
    let mut fields: Vec<String> = wires.iter().map(|wire| field_name(wire)).collect();
    let mut ordered: Vec<&String> = fields.iter().collect();
    ordered.sort_unstable();
    if ordered.windows(2).all(|pair| pair[0] != pair[1]) {
        return fields;
    }
    // The search is quadratic, but a struct has few members, and equal names are rare.
    let first_of = |fields: &[String], at: usize| {
        let same = |other: &usize| fields[*other] == fields[at];
        (0..fields.len()).filter(same).min_by_key(|other| (wire_name(&fields[*other]) != wires[*other], *other))
    };
    let displaced: Vec<usize> = (0..fields.len()).filter(|at| first_of(&fields, *at) != Some(*at)).collect();
    for at in displaced {
        let split = escaped(snake(wires[at], true));
        let mut free = split.clone();
        let mut number = 2;
        while fields.iter().enumerate().any(|(other, field)| other != at && *field == free) {
            free = format!("{}_{number}", split.trim_end_matches('_').trim_start_matches("r#"));
            number += 1;
        }
        fields[at] = free;
    }
    fields
}

/// Converts to lower case, with a `_` before each word. A word begins with a capital letter after a small letter or a
/// digit, or with the last of several capital letters (`DBName`). With `every`, each capital letter begins a word.
fn snake(wire: &str, every: bool) -> String {
    let letters: Vec<char> = wire.chars().collect();
    let mut field = String::with_capacity(wire.len() + 4);
    for (at, letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            // A character that an identifier cannot contain separates words, like `_`.
            if !field.is_empty() && !field.ends_with('_') {
                field.push('_');
            }
            continue;
        }
        if letter.is_ascii_uppercase() && !field.is_empty() && !field.ends_with('_') {
            let before = letters[at - 1];
            let last_of_several = match letters.get(at + 1..).unwrap_or_default() {
                // `IDs` and `IPv6` are one word.
                [] | ['s'] => false,
                ['s', next, ..] if !next.is_ascii_lowercase() => false,
                ['v', next, ..] if next.is_ascii_digit() => false,
                [next, ..] => next.is_ascii_lowercase(),
            };
            if every || !before.is_ascii_uppercase() || last_of_several {
                field.push('_');
            }
        }
        field.push(letter.to_ascii_lowercase());
    }
    let field = field.trim_end_matches('_');
    match field.chars().next() {
        None => "member".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{field}"),
        Some(_) => field.to_owned(),
    }
}

fn escaped(field: String) -> String {
    if matches!(field.as_str(), "self" | "super" | "crate") || is_taken(&field) {
        field + "_"
    } else if is_keyword(&field) {
        format!("r#{field}")
    } else {
        field
    }
}

/// Returns whether `word` is a keyword in any edition of Rust, so that a field of this name is written `r#…`.
pub fn is_keyword(word: &str) -> bool {
    const KEYWORDS: [&str; 53] = [
        "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
        "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
        "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct",
        "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
        "yield", "_",
    ];
    KEYWORDS.contains(&word)
}

/// Whether `name` can be the first label of a host.
pub fn is_service(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether `version` is a date: `2019-06-12`.
pub fn is_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |text: &str, len: usize| {
        let digits = text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
        if digits { text.parse::<u32>().ok() } else { None }
    };
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
}

/// Whether `name` can be the name of an action.
pub fn is_action(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Returns whether `name` can be the name of a parameter. It becomes part of a path such as `Filters.0.Name`.
pub fn is_param(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// Returns whether `code` can be an error code: `FailedOperation.ImageDecodeFailed`.
pub fn is_code(code: &str) -> bool {
    code.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)))
}

/// Returns whether every model has a method with this name, of this project or of a trait of the standard library. A setter
/// with the same name would hide or break it.
pub fn is_taken(field: &str) -> bool {
    const TAKEN: [&str; 20] = [
        "new",
        "validate",
        "clone",
        "clone_from",
        "clone_into",
        "default",
        "eq",
        "ne",
        "cmp",
        "partial_cmp",
        "hash",
        "fmt",
        "to_owned",
        "to_string",
        "into",
        "try_into",
        "borrow",
        "borrow_mut",
        "type_id",
        "serialize",
    ];
    TAKEN.contains(&field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wire: &str, field: &str) {
        assert_eq!(field_name(wire), field);
        assert_eq!(wire_name(field), wire);
    }

    #[test]
    fn the_two_rules_are_inverse_for_regular_names() {
        for (wire, field) in [
            ("PersonIds", "person_ids"),
            ("Limit", "limit"),
            ("X", "x"),
            ("Md5", "md5"),
            ("Md5Sum", "md5_sum"),
            ("Ipv6AddressIds", "ipv6_address_ids"),
            ("Type", "r#type"),
            ("Match", "r#match"),
            ("Gen", "r#gen"),
            ("Try", "r#try"),
            ("Super", "super_"),
            ("Self", "self_"),
            ("Crate", "crate_"),
            ("Clone", "clone_"),
            ("Default", "default_"),
            ("Hash", "hash_"),
            ("New", "new_"),
            ("ToString", "to_string_"),
            ("IsADog", "is_a_dog"),
        ] {
            check(wire, field);
        }
    }

    #[test]
    fn the_field_name_of_a_wire_name_of_regular_words_is_the_original() {
        let words = [
            "id", "ids", "type", "of", "name", "ipv6", "md5", "http2s", "self", "clone", "to", "string", "new", "x1",
            "z9y",
        ];
        for first in words {
            for second in words {
                for field in [first.to_owned(), format!("{first}_{second}"), format!("{first}_{second}_{first}")] {
                    let field = escaped(field);
                    assert_eq!(field_name(&wire_name(&field)), field);
                }
            }
        }
    }

    #[test]
    fn every_wire_name_has_a_field_name_that_is_an_identifier() {
        for (wire, field) in [
            ("InstanceID", "instance_id"),
            ("DBName", "db_name"),
            ("CPU", "cpu"),
            ("SubnetIDs", "subnet_ids"),
            ("IDsOfVMs", "ids_of_vms"),
            ("IPv6AddressIds", "ipv6_address_ids"),
            ("TKEService", "tke_service"),
            ("hadAutoFixVul", "had_auto_fix_vul"),
            ("A_B", "a_b"),
            ("a-b", "a_b"),
            ("_A", "a"),
            ("A_", "a"),
            ("3D", "_3_d"),
            ("3", "_3"),
            ("", "member"),
            ("_", "member"),
            ("\u{e9}t\u{e9}", "t"),
        ] {
            assert_eq!(field_name(wire), field, "{wire}");
        }
    }

    #[test]
    fn the_field_names_of_a_struct_are_all_different() {
        let wires = [
            "DNSFormat",
            "DnsFormat",
            "dnsFormat",
            "Dns_Format",
            "Type",
            "type",
            "CPU",
            "Cpu",
            "cpu",
            "Clone",
            "clone",
        ];
        let fields = field_names(&wires);
        let mut distinct = fields.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), wires.len(), "{fields:?}");
        assert_eq!((fields[0].as_str(), fields[1].as_str()), ("d_n_s_format", "dns_format"));
        assert_eq!(fields[4], "r#type");
        for field in &fields {
            let ident = field.strip_prefix("r#").unwrap_or(field);
            assert!(field.starts_with("r#") || !is_keyword(ident) && !is_taken(ident), "{field}");
        }
    }
}

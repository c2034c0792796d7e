//! Advice for an unknown key: "did you mean `items`?"

use tc_spec::suggest::did_you_mean;

/// The place where a key is used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Action,
    Model,
    Error,
    Page,
    /// A variant of an enum of texts.
    Value,
    /// A variant of an enum of error codes.
    Code,
}

/// Names of keys in other libraries and SDKs, and what to write here. The keys of fields are in `check::keys`, because
/// their advice depends on the type of the field.
const SYNONYMS: [(Place, &[&str], &str); 20] = [
    (Place::Action, &["action", "api", "apiname", "actionname", "rename"], "write `name = \"…\"`"),
    (Place::Action, &["product", "module", "svc", "servicename"], "write `service = \"…\"`"),
    (Place::Action, &["apiversion", "date"], "write `version = \"…\"`"),
    (Place::Action, &["output", "result", "returns", "reply", "answer", "resp"], "write `response = …`"),
    (Place::Action, &["errors", "codes", "errorcode", "errorcodes"], "write `error = …`"),
    (
        Place::Action,
        &["ratelimit", "qps", "limit", "throttle", "frequency", "callspersecond"],
        "write `rate = …`, the documented calls per second",
    ),
    (Place::Action, &["paged", "pages", "paging", "pagination", "paginate", "pager"], "write `page(items = …)`"),
    (
        Place::Action,
        &["retry", "retryable", "retries", "safe", "readonly"],
        "write `idempotent` if the call may be sent twice",
    ),
    (Place::Action, &["get", "httpget"], "write `method = get`"),
    (Place::Action, &["post", "httppost"], "write `method = post`"),
    (Place::Action, &["http", "verb", "httpmethod"], "write `method = get` or `method = post`"),
    (Place::Action, &["unsigned", "nosign", "skipsign"], "write `sign = skip`"),
    (Place::Action, &["octetstream", "raw", "stream"], "write `body = octet_stream`"),
    (Place::Action, &["validate", "validator", "custom"], "write `check = path::to::function`"),
    (
        Place::Action,
        &["region", "endpoint", "host", "url", "language", "timeout", "token", "credential"],
        "set it on the client or the call",
    ),
    (Place::Model, &["rename", "renameall"], "write `#[tc(name = \"…\")]` on each field whose name differs"),
    (Place::Model, &["validate", "validator", "custom"], "write `check = path::to::function`"),
    (Place::Page, &["list", "set", "data", "item", "field", "results"], "write `items = …`, the list in the response"),
    (Place::Value, &["rename", "value", "text", "code", "alias", "wire"], "write `name = \"…\"`"),
    (Place::Code, &["rename", "value", "text", "name", "alias", "wire"], "write `code = \"…\"`"),
];

/// Converts a key to lower case without separators: `minlen` for `minLen` and `min_len`.
pub(crate) fn plain(key: &str) -> String {
    key.chars().filter(|letter| *letter != '_' && *letter != '-').flat_map(char::to_lowercase).collect()
}

/// Returns the end of a message about the unknown key `written`: what to write instead, or the `known` keys.
pub(crate) fn instead(place: Place, written: &str, known: impl Iterator<Item = &'static str> + Clone) -> String {
    let written_plain = plain(written);
    let synonym = SYNONYMS.iter().find(|(at, words, _)| *at == place && words.contains(&written_plain.as_str()));
    synonym.map_or_else(|| nearest_or_all(written, known), |(.., advice)| format!("; {advice}"))
}

/// "; did you mean `items`?", or all `known` keys if none has a similar name.
pub(crate) fn nearest_or_all(written: &str, known: impl Iterator<Item = &'static str> + Clone) -> String {
    let hint = did_you_mean(written, known.clone());
    if !hint.is_empty() {
        return hint;
    }
    let known: Vec<String> = known.map(|key| format!("`{key}`")).collect();
    match known.as_slice() {
        [only] => format!("; the only key is {only}"),
        _ => format!("; the keys are {}", known.join(", ")),
    }
}

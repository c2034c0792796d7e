//! What to write instead of a word that is not known: "did you mean `items`?"

/// Where a key stands.
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

/// Keys as other libraries and SDKs call them, and what to write here. The keys of fields are in `check::keys`, because
/// there the advice depends on the field's type.
const OTHERS: [(Place, &[&str], &str); 20] = [
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

/// A key in lower case and without word breaks: `minLen` and `min_len` are both `minlen`.
pub(crate) fn plain(key: &str) -> String {
    key.chars().filter(|letter| *letter != '_' && *letter != '-').flat_map(char::to_lowercase).collect()
}

/// The clause to append to a message about the key `written`, where `known` are accepted.
pub(crate) fn instead(place: Place, written: &str, known: &[&str]) -> String {
    let written_plain = plain(written);
    let other = OTHERS.iter().find(|(at, words, _)| *at == place && words.contains(&written_plain.as_str()));
    other.map_or_else(|| did_you_mean(written, known.iter().copied()), |(.., advice)| format!("; {advice}"))
}

/// The clause to append to a message about `written`, empty where nothing in `known` is near.
pub(crate) fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = known
        .into_iter()
        .map(|word| (distance(&written.to_lowercase(), &word.to_lowercase()), word))
        .filter(|(distance, word)| *distance <= word.len().max(written.len()) / 3)
        .min_by_key(|(distance, _)| *distance);
    near.map_or(String::new(), |(_, word)| format!("; did you mean `{word}`?"))
}

/// How many letters must be put in, left out, changed or swapped.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

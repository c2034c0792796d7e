//! "Did you mean".

/// The names nearest to `word`, best first, at most three. If a name differs only in case, it is the only one.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = word.to_lowercase();
    let mut near: Vec<(f64, &str)> = names
        .into_iter()
        .filter_map(|name| {
            let other = name.to_lowercase();
            let mut score =
                strsim::jaro_winkler(&lower, &other).max(strsim::normalized_damerau_levenshtein(&lower, &other));
            // One letter too many, too few, wrong, or two in the wrong order.
            if lower.len() >= 3 && strsim::osa_distance(&lower, &other) == 1 {
                score = score.max(if sorted(&lower) == sorted(&other) { 0.98 } else { 0.97 });
            }
            // `SecurityGroup` for `SecurityGroupIds`: a name that the word begins, or that ends in it.
            if lower.len() >= 3 && (other.starts_with(&lower) || other.ends_with(&lower)) {
                score = score.max(0.9);
            }
            (score >= 0.82).then_some((score, name))
        })
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    near.dedup_by(|a, b| a.1 == b.1);
    if near.iter().any(|(_, name)| name.to_lowercase() == lower) {
        near.retain(|(_, name)| name.to_lowercase() == lower);
    }
    near.truncate(3);
    near.into_iter().map(|(_, name)| name).collect()
}

fn sorted(text: &str) -> Vec<char> {
    let mut characters: Vec<char> = text.chars().collect();
    characters.sort_unstable();
    characters
}

/// `; did you mean `Limit`?`, or nothing where no name is near.
pub fn did_you_mean<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    sentence(&nearest(word, names), "")
}

/// The same for options of the program: `; did you mean `--filter`?`.
pub(crate) fn did_you_mean_option<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    sentence(&nearest(word, names), "--")
}

fn sentence(near: &[&str], dashes: &str) -> String {
    if near.is_empty() {
        return String::new();
    }
    format!("; did you mean {}?", near.iter().map(|name| format!("`{dashes}{name}`")).collect::<Vec<_>>().join(" or "))
}

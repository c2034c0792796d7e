//! Suggestions for misspelt names: "did you mean `items`?"

/// Longer texts are not compared.
const LONGEST: usize = 64;

/// Returns how many letters must be inserted, removed, changed or swapped to turn `one` into `other`, ignoring ASCII case.
///
/// Returns `None` if the number is greater than a third of the longer text, or if a text is longer than 64 bytes.
pub const fn is_near(one: &str, other: &str) -> Option<usize> {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let longer = if one.len() > other.len() { one.len() } else { other.len() };
    if longer > LONGEST {
        return None;
    }
    let distance = distance(one, other);
    if distance <= longer / 3 { Some(distance) } else { None }
}

/// Returns whether `whole` begins or ends with `part`, ignoring ASCII case. A part of one or two letters does not count, because too
/// many names begin with it.
pub(crate) const fn begins_or_ends_with(whole: &str, part: &str) -> bool {
    const SHORTEST: usize = 3;
    let (whole, part) = (whole.as_bytes(), part.as_bytes());
    if part.len() < SHORTEST || part.len() > whole.len() {
        return false;
    }
    let begin = whole.split_at(part.len()).0;
    let end = whole.split_at(whole.len() - part.len()).1;
    is_same(begin, part) || is_same(end, part)
}

/// Compares two texts of the same length, ignoring ASCII case. The method of the standard library is `const` only since Rust 1.89.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() {
        if !one[at].eq_ignore_ascii_case(&other[at]) {
            return false;
        }
        at += 1;
    }
    true
}

// Neither text is longer than `LONGEST`, so a distance fits into a byte.
#[allow(clippy::cast_possible_truncation)]
const fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    let mut column = 0;
    while column <= other.len() {
        rows[1][column] = column as u8;
        column += 1;
    }
    let mut line = 1;
    while line <= one.len() {
        rows[2][0] = line as u8;
        let letter = one[line - 1].to_ascii_lowercase();
        let mut column = 1;
        while column <= other.len() {
            let same = letter == other[column - 1].to_ascii_lowercase();
            let mut least = rows[1][column - 1] + if same { 0 } else { 1 };
            if rows[1][column] + 1 < least {
                least = rows[1][column] + 1;
            }
            if rows[2][column - 1] + 1 < least {
                least = rows[2][column - 1] + 1;
            }
            if line > 1
                && column > 1
                && letter == other[column - 2].to_ascii_lowercase()
                && one[line - 2].eq_ignore_ascii_case(&other[column - 1])
                && rows[0][column - 2] + 1 < least
            {
                least = rows[0][column - 2] + 1;
            }
            rows[2][column] = least;
            column += 1;
        }
        rows = [rows[1], rows[2], rows[0]];
        line += 1;
    }
    rows[1][other.len()] as usize
}

/// Returns the text of `known` that is most similar to `written`; `None` if none is similar enough.
///
/// ```
/// use tc_spec::suggest::nearest;
/// assert_eq!(nearest("itmes", ["range", "items"]), Some("items"));
/// assert_eq!(nearest("colour", ["range", "items"]), None);
/// ```
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.into_iter().filter_map(|word| Some((is_near(written, word)?, word)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// Returns `; did you mean …?` to append to a message, or an empty text if nothing in `known` is similar.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(written, known).map_or(String::new(), |word| format!("; did you mean `{word}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_counts_inserted_removed_changed_and_swapped_letters() {
        for (one, other, expected) in [
            ("", "", 0),
            ("items", "items", 0),
            ("ITEMS", "items", 0),
            ("itmes", "items", 1),
            ("item", "items", 1),
            ("itemss", "items", 1),
            ("itams", "items", 1),
            ("abcdef", "badcfe", 3),
            ("kitten", "sitting", 3),
            ("", "abc", 3),
        ] {
            assert_eq!(distance(one.as_bytes(), other.as_bytes()), expected, "{one} {other}");
            assert_eq!(distance(other.as_bytes(), one.as_bytes()), expected, "{other} {one}");
        }
    }

    #[test]
    fn only_similar_names_are_suggested() {
        assert_eq!(is_near(&"x".repeat(65), &"x".repeat(65)), None);
        assert_eq!(is_near(&"x".repeat(64), &"x".repeat(64)), Some(0));
        assert_eq!(is_near("abc", "xyz"), None);
        assert_eq!(did_you_mean("rnage", ["range", "items"]), "; did you mean `range`?");
        assert_eq!(did_you_mean("x", ["range"]), "");
    }
}

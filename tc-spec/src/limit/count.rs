//! Functions that the limits `items` and `length` share.

use crate::Message;

pub(super) const fn within(min: usize, max: Option<usize>, count: usize) -> bool {
    count >= min
        && match max {
            Some(max) => count <= max,
            None => true,
        }
}

/// "has 3 items; at most 2 are accepted"
pub(super) const fn describe(message: Message, count: usize, noun: &str, min: usize, max: Option<usize>) -> Message {
    let message = message.text("has ").number(count as i128).text(" ").text(noun);
    let message = if count == 1 { message } else { message.text("s") }.text("; ");
    match (min, max) {
        (0, Some(max)) => message.text("at most ").number(max as i128).text(are(max)),
        (min, None) => message.text("at least ").number(min as i128).text(are(min)),
        (min, Some(max)) if min == max => message.text("exactly ").number(max as i128).text(are(max)),
        (min, Some(max)) => message.number(min as i128).text(" to ").number(max as i128).text(" are accepted"),
    }
}

const fn are(count: usize) -> &'static str {
    if count == 1 { " is accepted" } else { " are accepted" }
}

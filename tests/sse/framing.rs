//! The format of event streams, with all line ends, and with chunks of any size.

use proptest::prelude::*;
use tc_core::sse::{Frame, Framing};

/// The events of `text` in one chunk.
fn events(text: &[u8]) -> Vec<Frame> {
    in_chunks([text])
}

fn in_chunks<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<Frame> {
    let mut framing = Framing::new(1 << 20);
    let mut all: Vec<Frame> = Vec::new();
    for piece in chunks {
        all.extend(framing.push(piece).expect("within the limit"));
    }
    all.extend(framing.finish());
    all
}

/// Checks the events (name, data, id) of `text`, also with other line ends.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str, &str)]) {
    for end in ["\n", "\r\n", "\r"] {
        let found = events(text.replace('\n', end).as_bytes());
        let found: Vec<_> = found.iter().map(|f| (f.event.as_str(), f.data.as_str(), &*f.id)).collect();
        assert_eq!(found, expected, "with {end:?}");
    }
}

#[test]
fn an_event_consists_of_the_fields_up_to_a_blank_line() {
    check("data: a\n\ndata: b\n\n", &[("", "a", ""), ("", "b", "")]);
    check("event: delta\nid: 7\ndata: a\n\n", &[("delta", "a", "7")]);
    check("data: a\nevent: late\n\n", &[("late", "a", "")]);
}

#[test]
fn several_data_lines_are_joined() {
    check("data: a\ndata: b\n\n", &[("", "a\nb", "")]);
    check("data: a\ndata\ndata:\ndata: b\n\n", &[("", "a\n\n\nb", "")]);
}

#[test]
fn one_space_after_the_colon_is_removed() {
    check("data:a\n\ndata: a\n\ndata:  a\n\n", &[("", "a", ""), ("", "a", ""), ("", " a", "")]);
    check("data: a: b\n\n", &[("", "a: b", "")]);
}

#[test]
fn comments_retries_and_unknown_fields_are_skipped() {
    check(": ping\n\nretry: 100\ndata: a\nlater: x\n: ping\n\n", &[("", "a", "")]);
    check(":\n:\n\n\n\n", &[]);
}

#[test]
fn an_event_without_data_is_skipped_and_its_id_is_kept() {
    check("event: x\nid: 1\n\ndata: a\n\n", &[("", "a", "1")]);
    check("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", &[("", "a", "1"), ("", "b", "1"), ("", "c", "")]);
    check("id: 1\0\ndata: a\n\n", &[("", "a", "")]);
}

#[test]
fn the_last_event_needs_no_blank_line_or_line_end() {
    check("data: a\n\ndata: b\n", &[("", "a", ""), ("", "b", "")]);
    check("data: a\n\ndata: b", &[("", "a", ""), ("", "b", "")]);
    check("", &[]);
}

#[test]
fn a_byte_order_mark_is_skipped_only_at_the_start() {
    check("\u{feff}data: a\n\n\u{feff}data: b\n\ndata: \u{feff}c\n\n", &[("", "a", ""), ("", "\u{feff}c", "")]);
}

#[test]
fn line_ends_may_be_mixed() {
    let found = events(b"data: a\r\ndata: b\rdata: c\n\r\ndata: d\r\r\n");
    let data: Vec<_> = found.iter().map(|frame| frame.data.as_str()).collect();
    assert_eq!(data, ["a\nb\nc", "d"]);
}

#[test]
fn an_event_above_the_limit_is_refused_with_any_chunk_size() {
    for text in ["data: 0123456789", "data: 01234\ndata: 56789", ": 0123456789abcde"] {
        let mut framing = Framing::new(12);
        let refused = text.bytes().any(|byte| framing.push(&[byte]).is_err());
        assert!(refused, "{text}");
        assert!(Framing::new(12).push(text.as_bytes()).is_err(), "{text}");
    }
    let mut many = Framing::new(12);
    assert_eq!(many.push(&b"data: 01234\n\n".repeat(100)).map(|events| events.len()), Ok(100));
}

fn event() -> impl Strategy<Value = Frame> {
    let line = "[^\r\n\0]{0,12}";
    let data = proptest::collection::vec(line, 1..4).prop_map(|lines| lines.join("\n"));
    (line, data, "[a-z0-9]{1,4}").prop_map(|(event, data, id)| {
        let mut frame = Frame::default();
        (frame.event, frame.data, frame.id) = (event, data, id.into());
        frame
    })
}

/// The bytes of `events`, with comments between them.
fn write(events: &[Frame], end: &str) -> String {
    let mut text = String::new();
    for Frame { event, data, id, .. } in events {
        for (name, value) in [("event", event.as_str()), ("id", &**id), ("", data.as_str())] {
            text.extend([name, ": ", value.lines().next().unwrap_or_default(), end]);
        }
        for line in data.split('\n') {
            text.extend(["data: ", line, end]);
        }
        text.push_str(end);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_events_in_random_chunks_are_the_same_events(
        events in proptest::collection::vec(event(), 0..6),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..20),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        mark in any::<bool>(),
    ) {
        let text = format!("{}{}", if mark { "\u{feff}" } else { "" }, write(&events, end));
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        cuts.extend([0, text.len()]);
        cuts.sort_unstable();
        let chunks = cuts.windows(2).map(|ends| &text.as_bytes()[ends[0]..ends[1]]);
        prop_assert_eq!(in_chunks(chunks), events.clone());
        prop_assert_eq!(in_chunks(text.as_bytes().chunks(1)), events);
    }

    #[test]
    fn random_bytes_never_panic_and_chunks_do_not_change_the_events(
        text in proptest::collection::vec(prop::sample::select(b"data:id vent\r\n\n\n\0\xEF\xBB\xBF\xFF".to_vec()), 0..80),
        cut in any::<prop::sample::Index>(),
    ) {
        let (before, after) = text.split_at(cut.index(text.len() + 1));
        prop_assert_eq!(in_chunks([before, after]), events(&text));
    }
}

#[test]
fn events_share_their_id() {
    let frames = events(b"id: 7\ndata: a\n\ndata: b\n\ndata: c\n\nid: 8\ndata: d\n\n");
    assert!(frames[..3].iter().all(|frame| std::sync::Arc::ptr_eq(&frame.id, &frames[0].id)));
    assert_eq!((&*frames[0].id, &*frames[3].id), ("7", "8"));
}

#[test]
fn data_name_and_id_count_together() {
    let ten = "x".repeat(10);
    for (text, limit) in [
        (format!("id: {ten}\ndata: {ten}\n\n"), 25),
        (format!("event: {ten}\ndata: {ten}\n\n"), 25),
        (format!("id: {ten}\n\ndata: a\n\ndata: {ten}\n\n"), 25),
        (format!("id: {ten}\nevent: {ten}\ndata: {ten}\n\n"), 35),
        (format!("data: {ten}\ndata: {ten}\n\n"), 25),
        (format!("data: {ten}\n: {ten}\n\n"), 21),
    ] {
        assert!(Framing::new(limit).push(text.as_bytes()).is_err(), "{text}");
        assert!(Framing::new(limit + 12).push(text.as_bytes()).is_ok(), "{text}");
    }
}

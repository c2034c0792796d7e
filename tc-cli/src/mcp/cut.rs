//! Results cut to a size, and cursors to the rest.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use crate::error::{Error, arguments};

/// The largest result, in bytes of JSON.
const SIZE: usize = 20_000;
/// How many results that were cut are kept for their cursors.
const KEPT: usize = 16;

/// The results that were cut.
#[derive(Debug, Default)]
pub(super) struct Results {
    count: u64,
    kept: VecDeque<(u64, Value)>,
}

impl Results {
    /// The value, if it is small enough; or the value with shorter lists and texts, and its member `cut` with a cursor for each.
    pub(super) fn cut(&mut self, value: Value) -> Value {
        if size(&value) <= SIZE {
            return value;
        }
        self.count += 1;
        let id = self.count;
        let mut cutter = Cutter { id, room: SIZE, cuts: Vec::new() };
        let mut shown = cutter.shorten(&value, &mut Vec::new(), 0);
        let cuts = Value::Array(cutter.cuts);
        match &mut shown {
            Value::Object(members) => {
                members.insert("cut".to_owned(), cuts);
            }
            other => shown = json!({"part": other.take(), "cut": cuts}),
        }
        self.kept.push_back((id, value));
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
        shown
    }

    /// What follows at a cursor: the rest of a list or of a text.
    ///
    /// # Errors
    /// The text is not a cursor, or its result is no longer kept.
    pub(super) fn rest(&mut self, cursor: &str) -> Result<Value, Error> {
        let unknown = || arguments(format!("no result has the cursor `{cursor}`; the last {KEPT} results are kept"));
        let (id, place) = cursor.split_once(':').ok_or_else(unknown)?;
        let (pointer, start) = place.rsplit_once(':').ok_or_else(unknown)?;
        let (id, start): (u64, usize) = (id.parse().map_err(|_| unknown())?, start.parse().map_err(|_| unknown())?);
        let (_, whole) = self.kept.iter().find(|(kept, _)| *kept == id).ok_or_else(unknown)?;
        match whole.pointer(pointer).ok_or_else(unknown)? {
            Value::Array(items) => Ok(Value::Array(items.get(start..).ok_or_else(unknown)?.to_vec())),
            Value::String(text) => Ok(Value::from(text.get(start..).ok_or_else(unknown)?)),
            Value::Object(members) => Ok(members
                .iter()
                .skip(start)
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect::<Map<_, _>>()
                .into()),
            _ => Err(unknown()),
        }
    }
}

fn size(value: &Value) -> usize {
    value.to_string().len()
}

struct Cutter {
    id: u64,
    room: usize,
    cuts: Vec<Value>,
}

impl Cutter {
    /// The value as far as there is room for it; `start` is where the part begins in its original.
    fn shorten(&mut self, value: &Value, path: &mut Vec<String>, depth: usize) -> Value {
        match value {
            Value::Array(items) => {
                let mut shown = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    if !self.has_room(item, depth, shown.len()) {
                        self.note(path, index, items.len());
                        break;
                    }
                    path.push(index.to_string());
                    shown.push(self.shorten(item, path, depth + 1));
                    path.pop();
                }
                Value::Array(shown)
            }
            Value::Object(members) => {
                let mut shown = Map::new();
                for (index, (name, value)) in members.iter().enumerate() {
                    self.room = self.room.saturating_sub(name.len() + 4);
                    if self.room == 0 {
                        self.note(path, index, members.len());
                        break;
                    }
                    path.push(name.replace('~', "~0").replace('/', "~1"));
                    shown.insert(name.clone(), self.shorten(value, path, depth + 1));
                    path.pop();
                }
                Value::Object(shown)
            }
            Value::String(text) if size(value) > self.room => {
                let mut end = self.room.min(text.len());
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                self.room = 0;
                self.note(path, end, text.len());
                Value::from(&text[..end])
            }
            other => {
                self.room = self.room.saturating_sub(size(other) + 1);
                other.clone()
            }
        }
    }

    /// Whether the next item of a list is shown: all of it fits, or it is the first and may be cut itself.
    fn has_room(&self, item: &Value, depth: usize, shown: usize) -> bool {
        let size = size(item);
        size < self.room || (shown == 0 && self.room > 0 && depth < 64)
    }

    fn note(&mut self, path: &[String], shown: usize, of: usize) {
        let pointer: String = path.iter().flat_map(|step| ["/", step.as_str()]).collect();
        self.cuts.push(json!({
            "path": path.join("."),
            "shown": shown,
            "of": of,
            "cursor": format!("{}:{pointer}:{shown}", self.id),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows every cursor until nothing is cut any more, and counts what came.
    fn items(results: &mut Results, value: Value, found: &mut Vec<Value>, sizes: &mut usize) {
        let mut shown = results.cut(value);
        assert!(size(&shown) < SIZE + SIZE / 4, "{}", size(&shown));
        *sizes += 1;
        assert!(*sizes < 1000, "the cursors lead nowhere");
        let cuts = shown.as_object_mut().and_then(|members| members.remove("cut")).unwrap_or_default();
        let part = shown.get("part").cloned().unwrap_or(shown);
        found.push(part);
        for cut in cuts.as_array().into_iter().flatten() {
            let rest = results.rest(cut["cursor"].as_str().unwrap()).unwrap();
            items(results, rest, found, sizes);
        }
    }

    fn leaves(value: &Value, text: &mut String) {
        match value {
            Value::String(piece) => text.push_str(piece),
            Value::Array(items) => items.iter().for_each(|item| leaves(item, text)),
            Value::Object(members) => members.values().for_each(|value| leaves(value, text)),
            _ => {}
        }
    }

    #[test]
    fn every_item_is_reached_by_cursors() {
        for whole in [
            json!((0..10_000).map(|number| json!({"Id": format!("ins-{number};")})).collect::<Vec<_>>()),
            json!({"List": (0..3000).map(|number| format!("item {number};")).collect::<Vec<_>>(), "End": "end"}),
            json!({"Text": "中é\"".repeat(20_000)}),
            json!([["x".repeat(70_000)], {"a/b~c": "y".repeat(30_000)}]),
        ] {
            let (mut results, mut found, mut sizes) = (Results::default(), Vec::new(), 0);
            items(&mut results, whole.clone(), &mut found, &mut sizes);
            let (mut expected, mut reached) = (String::new(), String::new());
            leaves(&whole, &mut expected);
            for part in &found {
                leaves(part, &mut reached);
            }
            let sorted = |text: &str| {
                let mut letters: Vec<char> = text.chars().collect();
                letters.sort_unstable();
                letters
            };
            assert_eq!(sorted(&expected), sorted(&reached));
            assert!(sizes > 1);
        }
    }

    #[test]
    fn a_small_result_is_not_cut() {
        let small = json!({"a": [1, 2, 3]});
        assert_eq!(Results::default().cut(small.clone()), small);
    }

    #[test]
    fn a_wrong_cursor_is_an_error() {
        let mut results = Results::default();
        results.cut(json!("x".repeat(50_000)));
        for wrong in ["", "1", "1:", "1::x", "2::0", "1:/a:0", "1::999999", ":::", "1:中:0"] {
            assert!(results.rest(wrong).is_err(), "{wrong}");
        }
        assert!(results.rest("1::20000").is_ok());
    }
}

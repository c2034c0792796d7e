//! Requests captured from the official clients: those of this repository, and those in `TC_VECTORS`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::notes::differs_as_noted;
use super::vector::{Reading, Vector};

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of vectors, those of this repository first.
fn files() -> Vec<PathBuf> {
    let mut files = vec![package().join("signing/vectors/captured.jsonl")];
    if let Some(more) = std::env::var_os("TC_VECTORS") {
        let more = PathBuf::from(more);
        // Cargo runs tests in the folder of their package, but a relative path is meant from the root of the workspace.
        let more = if more.exists() { more } else { package().join("..").join(more) };
        let before = files.len();
        gather(&more, &mut files);
        assert!(files.len() > before, "TC_VECTORS names {}, where no .jsonl file is", more.display());
    }
    files
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_owned());
    } else if let Ok(entries) = path.read_dir() {
        let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        entries.sort();
        for entry in entries {
            if entry.is_dir() || entry.extension().is_some_and(|extension| extension == "jsonl") {
                gather(&entry, files);
            }
        }
    }
}

fn vectors() -> Vec<Vector> {
    let mut vectors = Vec::new();
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let vector = serde_json::from_str(line);
            vectors.push(vector.unwrap_or_else(|error| panic!("{}:{}: {error}", file.display(), index + 1)));
        }
    }
    vectors
}

fn verify(vector: &Vector) -> Result<(), String> {
    if !vector.notes.is_empty() {
        return differs_as_noted(vector);
    }
    let (seen, expected) = (vector.computed(&Reading::default())?, vector.expected());
    if seen == expected { Ok(()) } else { Err(format!("computed {seen:#?}, expected {expected:#?}")) }
}

/// Checks that every vector verifies, or differs as its notes say. Returns how many there are of each kind.
pub(crate) fn verify_all() -> String {
    let mut classes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut failures = Vec::new();
    for vector in vectors() {
        match verify(&vector) {
            Ok(()) => {
                let (verified, noted) = classes.entry(vector.class.clone()).or_default();
                *verified += 1;
                *noted += usize::from(!vector.notes.is_empty());
            }
            Err(why) => failures.push(format!("{} {why}", vector.id)),
        }
    }
    assert!(failures.is_empty(), "vectors that fail: {}\n{}", failures.len(), failures.join("\n"));
    let mut report = String::new();
    for (class, (verified, noted)) in &classes {
        let noted =
            if *noted == 0 { String::new() } else { format!(", {noted} of them with the difference that is noted") };
        writeln!(report, "{verified:5}  {class}{noted}").expect("memory");
    }
    let all: usize = classes.values().map(|(verified, _)| verified).sum();
    writeln!(report, "{all} vectors verified").expect("memory");
    report
}

/// Checks that no vector verifies after the first, a middle or the last byte of a signed part was changed.
pub(crate) fn flip_all() -> String {
    let mut flips = 0;
    for vector in vectors().iter().filter(|vector| vector.notes.is_empty() && vector.expect.signature.is_some()) {
        for (part, changed) in flipped(vector) {
            flips += 1;
            assert!(verify(&changed).is_err(), "{} verifies with a byte of its {part} changed", vector.id);
        }
    }
    assert!(flips > 1_000, "only {flips} bytes were flipped");
    format!("{flips} flipped bytes refused")
}

fn flipped(vector: &Vector) -> Vec<(&'static str, Vector)> {
    let mut all = Vec::new();
    let mut change = |part: &'static str, of: fn(&mut Vector) -> Option<&mut String>| {
        let len = of(&mut vector.clone()).map_or(0, |text| text.len());
        for at in [0, len / 2, len.saturating_sub(1)] {
            let mut changed = vector.clone();
            if of(&mut changed).is_some_and(|text| flip(text, at)) {
                all.push((part, changed));
            }
        }
    };
    change("secret key", |vector| Some(&mut vector.secret_key));
    change("query", |vector| Some(&mut vector.expect.query));
    change("signature", |vector| vector.expect.signature.as_mut());
    change("string to sign", |vector| vector.expect.string_to_sign.as_mut());
    change("host", |vector| header(vector, "host"));
    if vector.expect.authorization.is_some() {
        change("service", |vector| Some(&mut vector.service));
        change("secret id", |vector| Some(&mut vector.secret_id));
        change("content type", |vector| header(vector, "content-type"));
        change("timestamp", |vector| header(vector, "x-tc-timestamp"));
        change("authorization", |vector| vector.expect.authorization.as_mut());
        change("canonical request", |vector| vector.expect.canonical_request.as_mut());
    }
    if vector.header("X-TC-Content-SHA256").is_none() {
        change("body", |vector| Some(&mut vector.expect.body));
    }
    all
}

fn header<'a>(vector: &'a mut Vector, name: &str) -> Option<&'a mut String> {
    let headers = vector.expect.headers.iter_mut();
    headers.into_iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Changes the byte at `at`, if it is a whole character.
fn flip(text: &mut String, at: usize) -> bool {
    let Some(byte) = text.as_bytes().get(at).filter(|byte| byte.is_ascii()).copied() else { return false };
    text.replace_range(at..=at, &char::from(byte ^ 1).to_string());
    true
}

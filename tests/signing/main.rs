//! Signatures compared with those in the official documentation and in requests captured from the official clients.
//!
//! `TC_VECTORS=<file or folder>` adds more, in the format of `vectors/captured.jsonl`.

mod captured;
mod documented;
mod notes;
mod one_go;
mod vector;

use std::process::ExitCode;

fn main() -> ExitCode {
    tc_tests::harness::run(&[
        ("captured_vectors_verify_or_differ_as_their_notes_say", captured::verify_all),
        ("one_flipped_byte_fails_every_captured_vector", captured::flip_all),
        ("documented_signatures_reproduce_where_they_are_marked_so", documented::verify_all),
        ("one_go_signs_as_the_steps_do", one_go::agrees),
    ])
}

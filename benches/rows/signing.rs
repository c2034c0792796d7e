//! The cost of a TC3 signature, compared with its minimum number of compressions.

use std::hint::black_box;

use sha2::block_api::compress256;
use sha2::{Digest, Sha256};
use tc_benches::measure::measure;
use tc_benches::naive::Post;
use tc_benches::samples::{AT, credential};
use tc_benches::{Case, Options, Table};
use tc_core::signing::{PayloadHash, Tc3};
use tc_core::{Credential, Method};

fn main() -> std::io::Result<()> {
    let options = Options::from_args();
    small(options)?;
    large(options)
}

fn small(options: Options) -> std::io::Result<()> {
    let credential = credential();
    let body = body(200);
    let blocks = [[7_u8; 64]; 9];
    let (mut ours, mut theirs) = (Vec::with_capacity(512), Vec::with_capacity(512));
    sign(&credential, &body, &mut ours);
    naive(&credential, &body, &mut theirs);
    assert_eq!(ours, theirs, "the two signers disagree");

    let run = measure(
        options,
        vec![
            Case::new("ours: the complete Authorization header", || sign(&credential, black_box(&body), &mut ours)),
            Case::new("lower bound: nine SHA-256 compressions in sequence", || {
                let mut state = [1_u32; 8];
                compress256(&mut state, black_box(&blocks));
                state
            }),
            Case::new("hmac + sha2, deriving all keys each time", || naive(&credential, black_box(&body), &mut theirs)),
        ],
    );
    let mut table = Table::new("signing", "TC3 signature of a POST of 200 bytes");
    table.cases(&run);
    table.ratio(&run, "ours / nine compressions", 0, &[1], Some(2.0));
    table.ratio(&run, "ours / hmac + sha2 without a key cache", 0, &[2], None);
    table.figure("allocations, with a reused buffer", run.0[0].allocations, "", Some(0.0));
    table.keep(options)
}

fn large(options: Options) -> std::io::Result<()> {
    let credential = credential();
    let mut table = Table::new("signing_large", "TC3 signature of large bodies");
    for (name, size) in [("64 KB", 64 << 10), ("10 MB", 10 << 20)] {
        let body = body(size);
        let mut out = Vec::with_capacity(512);
        // A round of 10 MB takes 6 ms for any batch size; a fifth of the rounds is enough.
        let rounds = if size > 1 << 20 { options.rounds.div_ceil(5) } else { options.rounds };
        let run = measure(
            Options { rounds, ..options },
            vec![
                Case::new(format!("ours, {name}"), || sign(&credential, black_box(&body), &mut out)),
                Case::new(format!("one SHA-256, {name}"), || Sha256::digest(black_box(&body))),
            ],
        );
        table.cases(&run);
        table.ratio(&run, &format!("ours / SHA-256 of the body, {name}"), 0, &[1], Some(1.05));
    }
    table.keep(options)
}

fn body(size: usize) -> Vec<u8> {
    let mut body = br#"{"Names":[""#.to_vec();
    body.resize(size - 3, b'a');
    body.extend_from_slice(b"\"]}");
    body
}

fn sign(credential: &Credential, body: &[u8], out: &mut Vec<u8>) {
    let request = Tc3 {
        method: Method::Post,
        query: "",
        content_type: "application/json",
        host: "mps.tencentcloudapi.com",
        action: "DescribePersonSamples",
        payload: PayloadHash::of(body),
        service: "mps",
        at: AT,
    };
    request.authorize(credential, out);
}

/// The same header, written with the two crates only.
fn naive(credential: &Credential, body: &[u8], out: &mut Vec<u8>) {
    let headers = [
        ("content-type", "application/json"),
        ("host", "mps.tencentcloudapi.com"),
        ("x-tc-action", "describepersonsamples"),
    ];
    *out = Post { headers: &headers, service: "mps", body, at: AT }.authorization(credential).into_bytes();
}

//! The cost of encoding a request, and of building a signed request.

use std::hint::black_box;

use sha2::{Digest, Sha256};
use tc_benches::measure::measure;
use tc_benches::samples::{AT, PlainRequest, credential, plain_request, request};
use tc_benches::{Case, Options, Table};
use tc_core::signing::{PayloadHash, Tc3};
use tc_core::{__private, Client, Method, encode_json};

fn main() -> std::io::Result<()> {
    let options = Options::from_args();
    forms(options)?;
    whole(options)
}

fn forms(options: Options) -> std::io::Result<()> {
    let (ours, theirs) = (request(100), plain_request(100));
    assert_eq!(encode_json(&ours).ok(), serde_json::to_vec(&theirs).ok(), "the two bodies differ");
    assert_eq!(__private::query(&ours).ok(), Some(by_library(&theirs)), "the two queries differ");
    let flat = flatten(&theirs);

    let run = measure(
        options,
        vec![
            Case::new("ours, JSON", || encode_json(black_box(&ours))),
            Case::new("serde_json::to_vec", || serde_json::to_vec(black_box(&theirs))),
            Case::new("ours, query", || __private::query(black_box(&ours))),
            Case::new("flattened and sorted by hand, then serde_urlencoded", || by_library(black_box(&theirs))),
            Case::new("serde_urlencoded only, with pairs flattened before", || {
                serde_urlencoded::to_string(black_box(&flat))
            }),
        ],
    );
    let mut table = Table::new("encoding", "encoding DescribePersonSamples with 100 PersonIds");
    table.cases(&run);
    table.ratio(&run, "ours / serde_json::to_vec", 0, &[1], Some(1.15));
    table.ratio(&run, "our query / flattened by hand with serde_urlencoded", 2, &[3], Some(1.0));
    table.ratio(&run, "our query / serde_urlencoded only", 2, &[4], None);
    table.keep(options)
}

fn whole(options: Options) -> std::io::Result<()> {
    let credential = credential();
    let client = Client::builder().credential(credential.clone()).build().expect("a client");
    let (ours, theirs) = (request(100), plain_request(100));
    let body = encode_json(&ours).expect("a body");
    let mut out = Vec::with_capacity(512);
    let small = [b' '; 200];

    let run = measure(
        options,
        vec![
            Case::new("ours: encode, sign, all headers, http::Request", || {
                __private::request(&client, black_box(&ours), AT, false)
            }),
            Case::new("serde_json::to_vec", || serde_json::to_vec(black_box(&theirs))),
            Case::new("SHA-256 of the body", || Sha256::digest(black_box(&body))),
            Case::new("signature of 200 bytes", || {
                let request = Tc3 {
                    method: Method::Post,
                    query: "",
                    content_type: "application/json",
                    host: "mps.tencentcloudapi.com",
                    action: "DescribePersonSamples",
                    payload: PayloadHash::of(black_box(&small)),
                    service: "mps",
                    at: AT,
                };
                request.authorize(&credential, &mut out);
            }),
            Case::new("ours, with all limit checks", || __private::request(&client, black_box(&ours), AT, true)),
        ],
    );
    let mut table = Table::new("request", "building a signed request: DescribePersonSamples with 100 PersonIds");
    table.cases(&run);
    table.ratio(&run, "ours / to_vec + SHA-256 + signature", 0, &[1, 2, 3], Some(1.15));
    table.ratio(&run, "ours with checks / the same sum", 4, &[1, 2, 3], None);
    table.keep(options)
}

/// A query made with the library, which does not support lists.
fn by_library(request: &PlainRequest) -> String {
    serde_urlencoded::to_string(flatten(request)).unwrap_or_default()
}

fn flatten(request: &PlainRequest) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    if let Some(kind) = request.r#type {
        pairs.push(("Type".to_owned(), format!("{kind:?}")));
    }
    for (name, list) in [("PersonIds", &request.person_ids), ("Names", &request.names), ("Tags", &request.tags)] {
        pairs.extend(list.iter().enumerate().map(|(at, item)| (format!("{name}.{at}"), item.clone())));
    }
    for (name, number) in [("Offset", request.offset), ("Limit", request.limit)] {
        pairs.extend(number.map(|number| (name.to_owned(), number.to_string())));
    }
    pairs.sort_unstable();
    pairs
}

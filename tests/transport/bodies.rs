//! Bodies: encodings, and limits on what is taken in.

use std::io::Write;

use bytes::Bytes;
use tc_core::transport::{Body, BodyLimits, TransportErrorKind as Kind, collect};

use crate::runtime;

fn response(encoding: &str, body: Body) -> http::Response<Body> {
    http::Response::builder().header("content-encoding", encoding).body(body).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap()
}

#[track_caller]
fn check(response: http::Response<Body>, limits: BodyLimits, expected: Result<&[u8], Kind>) {
    let found = runtime().block_on(collect(response, limits));
    assert_eq!(
        found.as_ref().map(|found| found.body().as_ref()).map_err(tc_core::transport::TransportError::kind),
        expected
    );
}

/// A body in pieces of `size`.
fn pieces(bytes: &[u8], size: usize) -> Body {
    struct Pieces(std::vec::IntoIter<Bytes>);
    impl futures_core::Stream for Pieces {
        type Item = Result<Bytes, tc_core::transport::TransportError>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.next().map(Ok))
        }
    }
    Body::stream(Pieces(bytes.chunks(size).map(Bytes::copy_from_slice).collect::<Vec<_>>().into_iter()))
}

#[test]
fn pieces_are_joined_in_order() {
    let text: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for size in [1, 7, 1000, 100_000] {
        check(http::Response::new(pieces(&text, size)), BodyLimits::default(), Ok(&text));
    }
    check(http::Response::new(Body::empty()), BodyLimits::default(), Ok(b""));
}

#[test]
fn gzip_is_undone_and_no_encoding_is_kept() {
    for encoding in ["gzip", "GZIP", "x-gzip"] {
        check(response(encoding, pieces(&gzip(b"{}"), 3)), BodyLimits::default(), Ok(b"{}"));
    }
    check(response("identity", "{}".into()), BodyLimits::default(), Ok(b"{}"));
}

#[test]
fn what_says_gzip_and_is_not_is_refused() {
    check(response("gzip", "{}".into()), BodyLimits::default(), Err(Kind::Body));
    let cut = gzip(&[7; 1000]);
    check(response("gzip", Body::from(cut[..cut.len() / 2].to_vec())), BodyLimits::default(), Err(Kind::Body));
    check(response("br", "{}".into()), BodyLimits::default(), Err(Kind::Body));
}

#[test]
fn a_bomb_is_refused_long_before_it_is_whole() {
    let bomb = gzip(&vec![0; 60 << 20]);
    assert!(bomb.len() < 100_000);
    check(response("gzip", bomb.into()), BodyLimits::default(), Err(Kind::TooLarge));
}

#[test]
fn a_body_over_the_limit_is_refused_however_it_comes() {
    let limits = BodyLimits { bytes: 1000, ..BodyLimits::default() };
    check(http::Response::new(Body::from(vec![7; 1000])), limits, Ok(&[7; 1000]));
    check(http::Response::new(Body::from(vec![7; 1001])), limits, Err(Kind::TooLarge));
    check(http::Response::new(pieces(&[7; 1000], 10)), limits, Ok(&[7; 1000]));
    check(http::Response::new(pieces(&[7; 1001], 10)), limits, Err(Kind::TooLarge));
    check(response("gzip", gzip(&[7; 1001]).into()), limits, Err(Kind::TooLarge));
    let announced = http::Response::builder().header("content-length", "1001").body(Body::empty()).unwrap();
    check(announced, limits, Err(Kind::TooLarge));
}

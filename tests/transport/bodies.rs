//! Bodies of responses: encodings and limits.

use std::io::Write;

use bytes::Bytes;
use tc_core::transport::{Body, BodyLimits, TransportErrorKind as Kind, collect};

use crate::transport::runtime;

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

/// A body in chunks of `size` bytes.
fn chunks(bytes: &[u8], size: usize) -> Body {
    struct Chunks(std::vec::IntoIter<Bytes>);
    impl futures_core::Stream for Chunks {
        type Item = Result<Bytes, tc_core::transport::TransportError>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.next().map(Ok))
        }
    }
    Body::stream(Chunks(bytes.chunks(size).map(Bytes::copy_from_slice).collect::<Vec<_>>().into_iter()))
}

#[test]
fn chunks_are_joined_in_order() {
    let text: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for size in [1, 7, 1000, 100_000] {
        check(http::Response::new(chunks(&text, size)), BodyLimits::default(), Ok(&text));
    }
    check(http::Response::new(Body::empty()), BodyLimits::default(), Ok(b""));
}

#[test]
fn gzip_is_decompressed_and_the_encoding_header_removed() {
    for encoding in ["gzip", "GZIP", "x-gzip"] {
        check(response(encoding, chunks(&gzip(b"{}"), 3)), BodyLimits::default(), Ok(b"{}"));
    }
    check(response("identity", "{}".into()), BodyLimits::default(), Ok(b"{}"));
}

#[test]
fn invalid_gzip_and_unknown_encodings_are_refused() {
    check(response("gzip", "{}".into()), BodyLimits::default(), Err(Kind::Body));
    let cut = gzip(&[7; 1000]);
    check(response("gzip", Body::from(cut[..cut.len() / 2].to_vec())), BodyLimits::default(), Err(Kind::Body));
    check(response("br", "{}".into()), BodyLimits::default(), Err(Kind::Body));
}

#[test]
fn a_decompression_bomb_is_stopped_early() {
    let bomb = gzip(&vec![0; 60 << 20]);
    assert!(bomb.len() < 100_000);
    check(response("gzip", bomb.into()), BodyLimits::default(), Err(Kind::TooLarge));
}

#[test]
fn a_body_above_the_limit_is_refused_with_any_chunk_size() {
    let limits = BodyLimits { bytes: 1000, ..BodyLimits::default() };
    check(http::Response::new(Body::from(vec![7; 1000])), limits, Ok(&[7; 1000]));
    check(http::Response::new(Body::from(vec![7; 1001])), limits, Err(Kind::TooLarge));
    check(http::Response::new(chunks(&[7; 1000], 10)), limits, Ok(&[7; 1000]));
    check(http::Response::new(chunks(&[7; 1001], 10)), limits, Err(Kind::TooLarge));
    check(response("gzip", gzip(&[7; 1001]).into()), limits, Err(Kind::TooLarge));
    let announced = http::Response::builder().header("content-length", "1001").body(Body::empty()).unwrap();
    check(announced, limits, Err(Kind::TooLarge));
}

#[test]
fn an_announced_length_reserves_a_limited_amount_of_memory() {
    for bytes in [usize::MAX, usize::MAX / 2, 1 << 46] {
        for announced in ["9000000000000000000", "70368744177664", "1000000000000", "18446744073709551615"] {
            let response =
                http::Response::builder().header("content-length", announced).body(chunks(b"{} ", 1)).unwrap();
            let limits = BodyLimits { bytes, ratio: usize::MAX };
            let large = announced.parse::<usize>().unwrap() > bytes;
            check(response, limits, if large { Err(Kind::TooLarge) } else { Ok(b"{} ") });
        }
    }
}

#[test]
fn gzip_of_several_members_is_one_body() {
    let members: Vec<u8> = (0..200).flat_map(|number| gzip(format!("member {number}, ").as_bytes())).collect();
    let whole = (0..200).fold(String::new(), |whole, number| whole + &format!("member {number}, "));
    for size in [1, 19, 4096, 100_000] {
        check(response("gzip", chunks(&members, size)), BodyLimits::default(), Ok(whole.as_bytes()));
    }
    let cut = &members[..members.len() - 3];
    check(response("gzip", Body::from(cut.to_vec())), BodyLimits::default(), Err(Kind::Body));
}

/// Decompressing a MiB of it took seconds, longer than every timeout.
#[test]
fn gzip_with_only_empty_members_is_refused_at_once() {
    let empty = gzip(b"");
    let some: Vec<u8> = empty.repeat(50).into_iter().chain(gzip(b"{}")).collect();
    check(response("gzip", some.into()), BodyLimits::default(), Ok(b"{}"));
    let many = empty.repeat((16 << 20) / empty.len());
    check(response("gzip", many.into()), BodyLimits::default(), Err(Kind::TooLarge));
}

/// The waiting thread can run other tasks meanwhile.
#[test]
fn a_long_body_is_decompressed_on_another_thread() {
    let mut state = 1_u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        b"abcdefghijklmnop"[usize::try_from(state >> 60).unwrap()]
    };
    let text: Vec<u8> = (0..4 << 20).map(|_| letter()).collect();
    let zipped = gzip(&text);
    assert!(zipped.len() > 1 << 20);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (turns, whole) = runtime.block_on(async {
        let turns = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let counted = turns.clone();
        let other = tokio::spawn(async move {
            loop {
                counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
        });
        let whole = collect(response("gzip", zipped.into()), BodyLimits::default()).await.unwrap();
        other.abort();
        (turns.load(std::sync::atomic::Ordering::Relaxed), whole)
    });
    assert_eq!(whole.body(), &text);
    assert!(turns > 1, "{turns}");
}

/// `collect` is for custom transports, and needs no runtime.
#[test]
fn a_long_body_is_decompressed_without_a_runtime() {
    let text = vec![b'7'; 1 << 20];
    let zipped: Vec<u8> = text.chunks(1 << 10).flat_map(gzip).collect();
    assert!(zipped.len() > 16 << 10);
    let mut collecting = Box::pin(collect(response("gzip", zipped.into()), BodyLimits::default()));
    let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
    match collecting.as_mut().poll(context) {
        std::task::Poll::Ready(whole) => assert_eq!(whole.unwrap().body(), &text),
        std::task::Poll::Pending => panic!("nothing to wait for"),
    }
}

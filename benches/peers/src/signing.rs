//! Signing, with the clients whose signer is public.

use std::hint::black_box;

use tc_benches::measure::measure;
use tc_benches::naive::Post;
use tc_benches::samples::{AT, credential};
use tc_benches::{Case, Options, Table};
use tc_core::signing::{PayloadHash, Tc3};
use tc_core::{Clock, Credential, Method, SystemClock};
use tencent_cloud_sdk::utils::signature::{SignatureBuilder, SignatureInfo};
use tencentcloud_sdk_core::tc3::{Tc3Credentials, Tc3SignRequest, Tc3Signer};

const HOST: &str = "mps.tencentcloudapi.com";
const ACTION: &str = "DescribePersonSamples";
const CONTENT_TYPE: &str = "application/json; charset=utf-8";
const THREE: [(&str, &str); 3] =
    [("content-type", CONTENT_TYPE), ("host", HOST), ("x-tc-action", "describepersonsamples")];

/// DescribePersonSamples, 199 bytes.
pub(crate) const BODY: &str = concat!(
    r#"{"Type":"UserDefine","PersonIds":["10569","10570","10571","10572"],"Names":["John Smith","Ann Smith","#,
    r#""Jo Bloggs","Max Mustermann"],"Tags":["Celebrity","US","Actor","Director"],"Offset":0,"Limit":100}"#
);

pub(crate) fn compare(options: Options) -> std::io::Result<()> {
    let (keys, at) = (credential(), AT.as_unix());
    let (id, key) = (keys.secret_id().to_string(), keys.secret_key().to_string());
    let mut out = Vec::with_capacity(512);
    let sign_sdk = tencentcloud_sign_sdk::Tc3Signer::new(id.clone(), key.clone(), "mps".into(), false);
    let lines = THREE.map(|(name, value)| format!("{name}:{value}\n")).concat();
    let sign_sdk = || {
        let hash = tencentcloud_sign_sdk::sha256_hex(black_box(BODY));
        sign_sdk.sign("POST", "/", "", &lines, "content-type;host;x-tc-action", &hash, at)
    };
    let core = Tc3Signer::new(Tc3Credentials { secret_id: id.clone(), secret_key: key.clone() });
    let core = || {
        let request = Tc3SignRequest {
            service: "mps",
            host: HOST,
            region: None,
            action: ACTION,
            version: "2019-06-12",
            timestamp: at,
            payload: Some(black_box(BODY)),
        };
        core.sign(request)
    };
    // It takes the date from the clock, not from the timestamp.
    let now = SystemClock.now();
    let cloud = || {
        let builder = SignatureBuilder::new(id.clone(), key.clone(), "mps".into(), HOST.into());
        let builder = builder.action(ACTION.into()).version("2019-06-12".into());
        builder.timestamp(now.as_unix().unsigned_abs()).payload(black_box(BODY).into()).build()
    };

    let three = Post { headers: &THREE, service: "mps", body: BODY.as_bytes(), at: AT }.signature(&keys);
    let two = Post { headers: &THREE[..2], service: "mps", body: BODY.as_bytes(), at: now }.signature(&keys);
    ours(&keys, &mut out);
    assert!(String::from_utf8_lossy(&out).ends_with(&three), "ours");
    assert_eq!(sign_sdk().signature, three, "tencentcloud-sign-sdk");
    assert_eq!(core().expect("a signature").signature, three, "tencentcloud-sdk-core");
    assert!(authorization(&cloud()).ends_with(&two), "tencent_cloud_sdk");

    let mut table = Table::new("peers_signing", "TC3 signature of a DescribePersonSamples of 199 bytes");
    let run = measure(
        options,
        vec![
            Case::new("ours", || ours(&keys, &mut out)),
            Case::new("tencentcloud-sign-sdk 0.1.0: signature only, no header", sign_sdk),
            Case::new("tencent_cloud_sdk 0.0.3: seven headers, signs two of three", cloud),
            Case::new("tencentcloud-sdk-core 0.1.0: seven headers", core),
        ],
    );
    table.cases(&run);
    for (at, peer) in ["tencentcloud-sign-sdk", "tencent_cloud_sdk", "tencentcloud-sdk-core"].iter().enumerate() {
        table.ratio(&run, &format!("ours / {peer}"), 0, &[at + 1], Some(1.0));
    }
    table.keep(options)
}

fn ours(keys: &Credential, out: &mut Vec<u8>) {
    let request = Tc3 {
        method: Method::Post,
        query: "",
        content_type: CONTENT_TYPE,
        host: HOST,
        action: ACTION,
        payload: PayloadHash::of(black_box(BODY.as_bytes())),
        service: "mps",
        at: AT,
    };
    request.authorize(keys, out);
}

fn authorization(info: &SignatureInfo) -> &str {
    info.headers.iter().find(|(name, _)| name == "Authorization").map_or("", |(_, value)| value)
}

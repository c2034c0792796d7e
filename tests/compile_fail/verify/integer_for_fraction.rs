use tc_core::tc_model;

#[tc_model(verify("csip", "2022-11-21", "ModifyCosAuditObjectSampleRateRequest"))]
struct SampleRate {
    default_sample_rate: Option<i64>,
}

fn main() {}

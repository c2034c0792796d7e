use tc_core::tc_model;

#[tc_model(verify("csip", "2022-11-21", "ModifyCosAuditObjectSampleRateRequest"))]
struct SampleRate {
    #[tc(range = 0.0001..=1.0)]
    default_sample_rate: Option<f64>,
}

fn main() {}

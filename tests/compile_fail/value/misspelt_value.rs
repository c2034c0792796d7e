use tc_core::{request, tc_action};

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
pub struct ResizeDisks {
    #[tc(values = ["CLOUD_BASIC", "CLOUD_SSD"])]
    pub disk_type: Option<String>,
}

fn main() {
    let _ = request!(ResizeDisks { disk_type: "CLOUD_SDD" });
}

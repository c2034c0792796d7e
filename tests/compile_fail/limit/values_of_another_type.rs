use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
pub struct ResizeDisks {
    #[tc(values = ["10", "20"])]
    pub size: Option<u64>,
}

fn main() {}

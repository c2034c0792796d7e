use tc_core::{request, tc_action};

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
pub struct ResizeDisks {
    #[tc(values = [1, 2, 5])]
    pub size: Option<u64>,
}

fn main() {
    let _ = request!(ResizeDisks { size: 3 });
}

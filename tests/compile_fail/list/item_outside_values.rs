use tc_core::{request, tc_action};

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
pub struct ResizeDisks {
    #[tc(values = ["S", "M", "L"])]
    pub sizes: Vec<String>,
}

fn main() {
    let _ = request!(ResizeDisks { sizes: ["S", "XL"] });
}

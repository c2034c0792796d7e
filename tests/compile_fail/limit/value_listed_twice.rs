use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
pub struct RunInstances {
    #[tc(values = ["S", "M", "S"])]
    pub size: Option<String>,
}

fn main() {}

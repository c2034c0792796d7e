use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
pub struct StopInstances {
    #[tc(values = [1, 0])]
    pub force: Option<bool>,
}

fn main() {}

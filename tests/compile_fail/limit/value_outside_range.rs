use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
pub struct RunInstances {
    #[tc(range = 1..=9, values = [1, 5, 10])]
    pub size: Option<u64>,
}

fn main() {}

use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
pub struct RunInstances {
    #[tc(charset = "a-z", default = "web-1")]
    pub host: Option<String>,
}

fn main() {}

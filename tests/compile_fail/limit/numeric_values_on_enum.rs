use tc_core::tc_action;

#[tc_core::tc_model]
pub enum Size {
    Small,
    Large,
}

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
pub struct RunInstances {
    #[tc(values = [1, 2])]
    pub size: Option<Size>,
}

fn main() {}

use tc_core::tc_model;

#[tc_model(verify("cvm", "2017-03-12", "SystemDisk"))]
struct SystemDisk {
    #[tc(length = 1..=200)]
    disk_name: Option<String>,
}

fn main() {}

use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-12", response = (), body = multipart)]
struct DescribeZones {
    #[tc(binary)]
    file: Vec<u8>,
}

fn main() {}

tc_core::import! {
    cvm { DescribeZones }
}

fn main() {}

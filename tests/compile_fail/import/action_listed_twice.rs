tc_core::import! {
    pub mod cvm { DescribeZones, DescribeZones }
}

fn main() {}

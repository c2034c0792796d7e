tc_core::import! {
    pub mod cvm("latest") { DescribeZones }
}

fn main() {}

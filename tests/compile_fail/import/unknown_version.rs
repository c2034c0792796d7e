tc_core::import! {
    pub mod cvm("2017-03-13") { DescribeInstances }
}

fn main() {}

tc_core::import! {
    pub mod cvm(internationl) { DescribeInstances }
}

fn main() {}

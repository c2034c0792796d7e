tc_core::import! {
    pub mod mps { DescribeInstances }
}

fn main() {}

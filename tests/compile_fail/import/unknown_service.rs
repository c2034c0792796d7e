tc_core::import! {
    pub mod cvmm { DescribeInstances }
}

fn main() {}

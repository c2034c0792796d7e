tc_core::import! {
    pub mod tke { DescribeGPUInfo }
}

fn main() {}

tc_core::import! {
    pub mod cvm { DescribeInstancs }
}

fn main() {}

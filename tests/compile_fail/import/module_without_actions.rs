tc_core::import! {
    pub mod cvm {}
}

fn main() {}

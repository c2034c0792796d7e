use tc_core::tc_model;

#[tc_model]
struct Filter<T> {
    value: T,
}

fn main() {}

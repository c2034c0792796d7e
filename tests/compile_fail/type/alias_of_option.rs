use tc_core::tc_model;

type Maybe = Option<String>;

#[tc_model]
struct Filter {
    name: Maybe,
}

fn main() {}

use tc_core::tc_action;

#[tc_action(service = "iai", version = "2020-03-03", response = (), verify)]
struct GetPersonGroupInfo {
    person_id: Option<String>,
}

fn main() {}

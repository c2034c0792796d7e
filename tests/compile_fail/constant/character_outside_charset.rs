use tc_apis::iai::GetPersonGroupInfo;
use tc_core::request;

const ID: &str = "bad id!";

fn main() {
    let _ = request!(GetPersonGroupInfo { person_id: ID });
}

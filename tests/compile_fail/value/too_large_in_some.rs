use tc_apis::iai::GetPersonGroupInfo;
use tc_core::request;

fn main() {
    let _ = request!(GetPersonGroupInfo { person_id: "2001", limit: Some(101) });
}

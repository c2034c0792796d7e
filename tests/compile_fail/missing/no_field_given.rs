use tc_apis::iai::GetPersonGroupInfo;
use tc_core::request;

fn main() {
    let _ = request!(GetPersonGroupInfo {  });
}

use tc_core::tc_action;

#[tc_action(service = "cii", version = "2021-04-08", response = (), verify)]
struct UploadMedicalFile {
    file: Option<String>,
}

fn main() {}

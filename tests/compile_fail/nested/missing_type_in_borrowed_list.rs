use tc_core::{request, tc_action, tc_model};

#[tc_model]
struct Message {
    role: String,
    content: Option<String>,
}

#[tc_action(service = "hunyuan", version = "2023-09-01", response = ())]
struct ChatCompletions {
    messages: Vec<Message>,
    message: Option<Message>,
}

fn main() {
    let _ = request!(ChatCompletions { messages: &[{ role: "user" }] });
}

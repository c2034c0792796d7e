//! A call as a Rust program.

use serde_json::Value;

use crate::actions::Target;

/// A program that makes the call, with the action by its name.
pub(crate) fn program(target: &Target, request: &Value) -> String {
    let spec = target.spec;
    let (service, version, action) = (spec.service, spec.version, spec.name);
    let json = serde_json::to_string_pretty(request).unwrap_or_default().replace('\n', "\n        ");
    format!(
        "use tc_core::serde_json::json;\n\
         use tc_core::{{AnyAction, Client}};\n\n\
         async fn call() -> Result<(), tc_core::Error> {{\n    \
             let client = Client::from_env()?;\n    \
             let action = AnyAction::new(\"{service}\", \"{version}\", \"{action}\").params(json!(\n        {json}\n    ));\n    \
             let answer = client.send(&action).await?;\n    \
             println!(\"{{:#}}\\nrequest {{}}\", *answer, answer.request_id());\n    \
             Ok(())\n\
         }}\n"
    )
}

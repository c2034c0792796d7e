//! The protocol, by the official SDK.

use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::Value;
use tokio::io::BufReader;

use super::lines::{self, Lines};
use super::session::Session;
use super::{call, describe, search, tools};
use crate::error::{Error, Kind};

const INSTRUCTIONS: &str = "Every action of Tencent Cloud API 3.0. Find an action with search_actions, read its parameters with \
    describe_action, check a request with validate, then call it. Parameters are JSON with the names that describe_action gives. A \
    result that was cut has a cursor to each rest: pass it to call_read.";

/// Serves on standard input and output until the client leaves.
pub(super) async fn serve(session: Session) -> Result<(), Error> {
    let failed = |error: &dyn std::fmt::Display| Error::new(Kind::Other, format!("MCP: {error}"));
    let server = Server(Arc::new(session));
    let (input, output) = rmcp::transport::stdio();
    let Lines { input, output, written } = lines::start(BufReader::new(input), output);
    let ended = match server.serve((input, output)).await {
        Ok(running) => running.waiting().await.map(drop).map_err(|error| failed(&error)),
        Err(error) => Err(failed(&error)),
    };
    let written = written.await.map_err(|error| failed(&error))?.map_err(|error| failed(&error));
    ended.and(written)
}

struct Server(Arc<Session>);

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let server = Implementation::new("tcapi", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(server)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::all(self.0.allows_write())))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let checked = tools::check(&request.name, &arguments);
        let arguments = Value::Object(arguments);
        let session = &*self.0;
        let result = match &*request.name {
            name if checked.is_err() && (name != tools::WRITE || session.allows_write()) => {
                checked.map(|()| Value::Null)
            }
            tools::SEARCH => search::run(session, arguments),
            tools::DESCRIBE => describe::run(session, arguments),
            tools::VALIDATE => call::validate(session, arguments),
            tools::READ => call::read(session, arguments).await,
            tools::WRITE if session.allows_write() => call::write(session, arguments).await,
            tools::WHOAMI => call::whoami(session, arguments).await,
            tools::WRITE => {
                let message = "there is no tool `call_write`: writing is off, the user can start the server with tcapi mcp \
                    --allow-write";
                return Err(ErrorData::invalid_params(message, None));
            }
            name => return Err(ErrorData::invalid_params(format!("there is no tool `{name}`"), None)),
        };
        let result = match result {
            Ok(value) => CallToolResult::success(vec![ContentBlock::text(session.cut(value).to_string())]),
            Err(error) => CallToolResult::error(vec![ContentBlock::text(for_tools(&error.to_string()))]),
        };
        Ok(result.into())
    }
}

/// An error message of the command line, with tools and their arguments in place of commands and options.
fn for_tools(message: &str) -> String {
    let message = message.strip_prefix("Invalid choice: ").unwrap_or(message);
    let lines = message.lines().map(|line| {
        if line.starts_with("All actions: tcapi") || line.starts_with("All services: tcapi") {
            "search_actions finds services and actions".to_owned()
        } else {
            line.replace("add --site ", "give the argument site: ")
                .replace("add --version ", "give the argument version: ")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::for_tools;

    #[test]
    fn an_error_names_tools_and_not_commands() {
        let error = "Invalid choice: cbs 2017-03-12 has no action `A`; did you mean `B`?\nAll actions: tcapi cbs help";
        let expected = "cbs 2017-03-12 has no action `A`; did you mean `B`?\nsearch_actions finds services and actions";
        assert_eq!(for_tools(error), expected);
        let error = "Invalid choice: x has this on the international site only: add --site international";
        assert_eq!(
            for_tools(error),
            "x has this on the international site only: give the argument site: international"
        );
    }
}

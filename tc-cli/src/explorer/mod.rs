//! The server and the page of `tcapi explorer`.
//!
//! The page has no description of any action. It sends the input of the user to this server, and the server answers with HTML
//! and JSON that it makes from the specs. The checks, encoders, signer, client and emulator are those of the command line.
//!
//! # Files
//!
//! | File | Content |
//! |---|---|
//! | `server` | the socket, the routes, and the end after an idle time |
//! | `guard` | the security checks of every request, and the headers of every response |
//! | `access` | the one-time token and the cookie |
//! | `idle` | the time since the last request |
//! | `assets` | the stylesheet, the scripts and the icon, which are compiled into the program |
//! | `input` | queries and bodies; the error response of a route |
//! | `target` | the action that a request names, and its parameters |
//! | `page` | the HTML of the page |
//! | `search` | the results of a search |
//! | `form` | the form of an action: `field` (one parameter), `control` (one value), `part` (loaded when it is opened) |
//! | `reference` | parameters, limits, paging and error codes of an action; `advice` (what to do about an error code) |
//! | `destination` | the emulator or the cloud: profile, region, credential, client |
//! | `check` | the violations of a request |
//! | `send` | sends a call and reports its attempts, events and response; `confirm` (calls that write need a confirmation) |
//! | `signature` | the exact request, its signature step by step, and the comparison with another signature |
//! | `code` | the call as code |
//! | `paste` | reads a curl command, an HTTP request, a URL, a command line, or JSON |
//! | `history` | the history of calls and the open tabs, in a file |
//!
//! `assets/` contains `explorer.css` and the scripts: `app.js` (address, tabs, sending), `form.js` (form to JSON, violations),
//! `panels.js` (code, signature, reference, history), `search.js`, `send.js`, `tree.js` (a response as a tree), `api.js` (requests
//! to this server) and `theme.js`.
//!
//! # Security
//!
//! - The server listens on 127.0.0.1 only.
//! - The printed URL contains a token of 256 random bits. The first request exchanges it for a cookie (`HttpOnly`,
//!   `SameSite=Strict`, the port in its name); after that the token is invalid.
//! - Every request must have a `Host` that names this server. All other requests need the cookie.
//! - A request that sends or changes something must be a POST with `Content-Type: application/json` and a same-origin `Origin` or
//!   `Sec-Fetch-Site`. If both are absent, it is refused.
//! - Every response has a strict `Content-Security-Policy` and forbids framing. No response has a CORS header.
//! - SecretKey and token stay in this process. History, links and code do not contain the values of sensitive parameters.

mod access;
mod assets;
mod check;
mod code;
mod destination;
mod form;
mod guard;
mod history;
mod idle;
mod input;
mod page;
mod paste;
mod reference;
mod search;
mod send;
mod server;
mod signature;
mod target;

pub use server::Explorer;

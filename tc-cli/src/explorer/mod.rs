//! The Explorer: a page on this machine for every action. `tcapi explorer` runs it.
//!
//! The page knows nothing about actions. It sends what the user typed, and this program answers with HTML and JSON made from
//! the specs, with the same checks, encoders, signer, client and emulator that a call from the command line uses.
//!
//! # Which file holds what
//!
//! | File | What |
//! |---|---|
//! | `server` | the socket, the routes, the end after an idle time |
//! | `guard` | the security rules of every request and the headers of every response |
//! | `access` | the one-time token and the cookie; random secrets, compared in constant time |
//! | `idle` | when the last request was |
//! | `assets` | the stylesheet, the scripts and the icon, compiled into the program |
//! | `input` | reading queries and bodies; the error response of a route |
//! | `named` | the action that a request names, and its parameters |
//! | `shell` | the page itself |
//! | `found` | the list of a search |
//! | `form` | the form of an action: `field` (one parameter), `control` (one value), `part` (what is loaded when it is opened) |
//! | `reference` | the page about an action: parameters, limits, paging, error codes; `advice` (what to do about a code) |
//! | `destination` | the emulator or the cloud: profile, region, credential, client |
//! | `check` | what a request breaks |
//! | `send` | a call and what is seen of it; `trace` (attempts), `confirm` (writes are asked about twice) |
//! | `steps` | the exact request and its signature step by step, or another signature compared with it |
//! | `code` | the call as code |
//! | `paste` | a curl command, an HTTP request, a command line, a URL or JSON that was pasted |
//! | `kept` | history and tabs, in a file that only its owner can read |
//!
//! `assets/` holds `explorer.css` and small scripts: `app.js` (address, tabs, panels), `form.js` (form to JSON, violations),
//! `search.js`, `send.js`, `tree.js` (an answer as a tree), `api.js` (requests to this program), `theme.js`.
//!
//! # Security
//!
//! The server listens on 127.0.0.1 alone. The first request has the one-time token of the printed URL, and gets a cookie
//! (`HttpOnly`, `SameSite=Strict`, with the port in its name). Every request must name this server in `Host`. A request that
//! sends or changes something is a POST of JSON with the cookie and with an `Origin` or a `Sec-Fetch-Site` that says it comes from
//! this page. No CORS header is sent. Secret keys stay in this process: no response has one.

mod access;
mod assets;
mod check;
mod code;
mod destination;
mod form;
mod found;
mod guard;
mod idle;
mod input;
mod kept;
mod named;
mod paste;
mod reference;
mod send;
mod server;
mod shell;
mod steps;

pub use server::Explorer;

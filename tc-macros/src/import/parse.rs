//! Parses the input of `import!`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, LitStr, Token, Visibility, braced, parenthesized};
use tc_catalog::Site;
use tc_spec::suggest::did_you_mean;

use crate::diagnostics::Diagnostics;

/// The path of tc-core, and the modules to write.
pub(super) struct Input {
    pub(super) krate: TokenStream,
    pub(super) modules: Vec<Module>,
}

/// `pub mod tke("2022-05-01") { DescribeClusters }`.
pub(super) struct Module {
    pub(super) attrs: Vec<Attribute>,
    pub(super) vis: Visibility,
    pub(super) keyword: Token![mod],
    pub(super) name: Ident,
    pub(super) version: Option<LitStr>,
    pub(super) site: Site,
    pub(super) actions: Vec<Ident>,
}

const FORM: &str = "expected a module: write `pub mod cvm { DescribeInstances, RunInstances }`; \
                    a version or a site follows the name, as in `mod tke(\"2022-05-01\")` or `mod mps(international)`";

pub(super) fn read(input: TokenStream, errors: &mut Diagnostics) -> Input {
    let mut read = Input { krate: quote!(::tc_core), modules: Vec::new() };
    let parser = |input: ParseStream<'_>| {
        let krate;
        parenthesized!(krate in input);
        read.krate = krate.parse()?;
        while !input.is_empty() {
            let module = module(input, errors)?;
            read.modules.push(module);
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(input) {
        errors.push(error);
    }
    read
}

fn module(input: ParseStream<'_>, errors: &mut Diagnostics) -> syn::Result<Module> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis = input.parse()?;
    if !input.peek(Token![mod]) {
        return Err(input.error(FORM));
    }
    let keyword = input.parse()?;
    // A keyword, such as `as`, can be written without `r#`.
    let name = input.call(Ident::parse_any)?;
    let (mut version, mut site) = (None, None);
    if input.peek(syn::token::Paren) {
        let arguments;
        parenthesized!(arguments in input);
        while !arguments.is_empty() {
            if arguments.peek(LitStr) {
                let text: LitStr = arguments.parse()?;
                if version.is_some() {
                    errors.error(&text, "the version is given twice; keep one");
                } else if !tc_spec::names::is_version(&text.value()) {
                    let message = format!("invalid version \"{}\": write a date such as `2017-03-12`", text.value());
                    errors.error(&text, message);
                } else {
                    version = Some(text);
                }
            } else {
                let word: Ident = arguments.parse().map_err(|error| syn::Error::new(error.span(), FORM))?;
                match word.to_string().parse() {
                    Ok(_) if site.is_some() => errors.error(&word, "the site is given twice; keep one"),
                    Ok(named) => site = Some(named),
                    Err(_) => {
                        let sites = Site::ALL.iter().map(|site| site.name());
                        let hint = did_you_mean(&word.to_string(), sites);
                        errors.error(
                            &word,
                            format_args!(
                                "`{word}` is not a site; the sites are `china` (the default) and `international`{hint}"
                            ),
                        );
                    }
                }
            }
            if !arguments.is_empty() {
                arguments.parse::<Token![,]>().map_err(|error| syn::Error::new(error.span(), FORM))?;
            }
        }
    }
    if !input.peek(syn::token::Brace) {
        return Err(input.error(FORM));
    }
    let listed;
    braced!(listed in input);
    let written = Punctuated::<Ident, Token![,]>::parse_terminated(&listed)
        .map_err(|error| syn::Error::new(error.span(), "expected names of actions, separated by commas"))?;
    let mut actions: Vec<Ident> = Vec::new();
    for action in written {
        if actions.contains(&action) {
            errors.error(&action, format_args!("`{action}` is listed twice; keep one"));
        } else {
            actions.push(action);
        }
    }
    if actions.is_empty() {
        errors.error(name.to_token_stream(), "this module has no action: write one, as in `{ DescribeInstances }`");
    }
    Ok(Module { attrs, vis, keyword, name, version, site: site.unwrap_or(Site::China), actions })
}

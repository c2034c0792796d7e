//! Checks `page(…)`: the parameters that select a page, and the fields of the response with the items and the total.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use tc_spec::suggest::did_you_mean;

use crate::diagnostics::Diagnostics;
use crate::model::{Field, Kind, Page, PageForm, PageParam, Struct};
use crate::parse::{Keyed, PageArgs};

/// The usual names of these parameters, the most frequent one first.
const NUMBERS: [&str; 6] = ["PageNumber", "PageNo", "PageNum", "PageIndex", "Page", "CurrentPage"];
const SIZES: [&str; 5] = ["PageSize", "Limit", "MaxResults", "PerPage", "Size"];
const TOKENS: [&str; 5] = ["NextToken", "PageToken", "Cursor", "Context", "ScrollToken"];

pub(super) fn page(page: &Keyed<PageArgs>, model: &Struct, errors: &mut Diagnostics) -> Option<Page> {
    let args = &page.value;
    let mut finder = Finder { model, place: page.key.span(), errors };
    let form = finder.form(args);
    if args.items.is_none() {
        finder.errors.at(page.key.span(), "`page` needs the list of items in the response: write `page(items = …)`");
    }
    Some(Page {
        form: form?,
        total: args.total.as_ref().map(|total| total.value.0.clone()),
        items: args.items.as_ref()?.value.0.clone(),
    })
}

struct Finder<'a> {
    model: &'a Struct,
    place: Span,
    errors: &'a mut Diagnostics,
}

impl<'a> Finder<'a> {
    /// The form of paging that the keys select; without such keys, the first one whose parameters exist.
    fn form(&mut self, args: &PageArgs) -> Option<PageForm> {
        let by_number = args.number.is_some() || args.first.is_some();
        let by_token = args.token.is_some() || args.next.is_some() || args.more.is_some();
        let by_offset = args.offset.is_some() || args.limit.is_some();
        if let Some(two) = Self::two_forms(args) {
            let message = "the keys of `page` mix offset, page number and token; keep the keys of one of them";
            self.errors.error(two, message);
            return None;
        }
        let has = |names: &[&str]| names.iter().any(|name| self.model.fields.iter().any(|field| field.wire == *name));
        let silent = !by_number && !by_token && !by_offset && !has(&["Offset"]);
        if by_token || (silent && !has(&NUMBERS) && has(&TOKENS)) {
            return self.token(args);
        }
        if by_number || (silent && has(&NUMBERS)) {
            let number = self.page_param(args.number.as_ref(), &NUMBERS, "number");
            let size = self.page_param(args.size.as_ref(), &SIZES, "size");
            let first = match args.first.as_ref().map(|first| (first, first.value.base10_parse::<u64>())) {
                None => 1,
                Some((_, Ok(first))) => first,
                Some((written, Err(_))) => {
                    self.errors.error(&written.value, "invalid number of the first page: write 0 or 1");
                    1
                }
            };
            return Some(PageForm::Number { number: number?, size: size?, first });
        }
        let offset = self.page_param(args.offset.as_ref(), &["Offset"], "offset");
        let limit = self.page_param(args.limit.as_ref(), &["Limit"], "limit");
        Some(PageForm::Offset { offset: offset?, limit: limit? })
    }

    /// A key of a second form of paging.
    fn two_forms(args: &PageArgs) -> Option<Ident> {
        let key = |key: Option<&Ident>| key.cloned();
        let offset = key(args.offset.as_ref().map(|of| &of.key)).or(key(args.limit.as_ref().map(|of| &of.key)));
        let number = key(args.number.as_ref().map(|of| &of.key)).or(key(args.first.as_ref().map(|of| &of.key)));
        let token = key(args.token.as_ref().map(|of| &of.key))
            .or(key(args.next.as_ref().map(|of| &of.key)))
            .or(key(args.more.as_ref().map(|of| &of.key)));
        [offset, number, token].into_iter().flatten().nth(1)
    }

    fn token(&mut self, args: &PageArgs) -> Option<PageForm> {
        let token = match &args.token {
            Some(written) => self.named(&written.value),
            None => self.usual(&TOKENS, "token"),
        };
        let token = token.and_then(|field| {
            let fits = !field.shape.is_list() && matches!(field.kind, Kind::Text | Kind::Integer | Kind::Named);
            if !fits {
                self.errors.error(&field.ty, "a page token must be text or an integer: write `Option<String>`");
            }
            fits.then(|| page_param(field))
        });
        let size = match &args.size {
            Some(written) => Some(self.page_param(Some(written), &SIZES, "size")?),
            None => {
                let found = |name: &&str| self.model.fields.iter().find(|field| field.wire == **name);
                SIZES.iter().find_map(found).filter(|field| counts(field)).map(page_param)
            }
        };
        let next = match &args.next {
            Some(next) => next.value.0.clone(),
            // In most actions, the token has the same name in the request and in the response.
            None => vec![token.as_ref()?.field.clone()],
        };
        let more = args.more.as_ref().map(|more| more.value.0.clone());
        Some(PageForm::Token { token: token?, next, more, size })
    }

    /// The field given in the attribute, or the first one with a usual name. It must be an integer.
    fn page_param(&mut self, written: Option<&Keyed<Ident>>, usual: &[&str], key: &str) -> Option<PageParam> {
        let field = match written {
            Some(written) => self.named(&written.value)?,
            None => self.usual(usual, key)?,
        };
        // The number can be text, but only if the attribute names the field.
        let text = written.is_some() && !field.shape.is_list() && field.kind == Kind::Text;
        if !text && !counts(field) {
            let message = format!("`page` needs an integer in `{}`: write `Option<u64>`", field.wire);
            self.errors.error(&field.ty, message);
            return None;
        }
        Some(page_param(field))
    }

    fn named(&mut self, name: &Ident) -> Option<&'a Field> {
        let found = self.model.fields.iter().find(|field| field.ident.unraw() == name.unraw());
        if found.is_none() {
            let fields: Vec<String> = self.model.fields.iter().map(|field| field.ident.unraw().to_string()).collect();
            let hint = did_you_mean(&name.unraw().to_string(), fields.iter().map(String::as_str));
            self.errors.error(name, format_args!("{} has no field `{name}`{hint}", self.model.name));
        }
        found
    }

    fn usual(&mut self, usual: &[&str], key: &str) -> Option<&'a Field> {
        let found = usual.iter().find_map(|name| self.model.fields.iter().find(|field| field.wire == *name));
        if found.is_none() {
            let names: Vec<&str> = self.model.fields.iter().map(|field| field.wire.as_str()).collect();
            let message = match usual {
                [only] => {
                    let hint = did_you_mean(only, names.iter().copied());
                    format!("`page` needs a parameter `{only}`, but {} has none{hint}", self.model.name)
                }
                _ => format!(
                    "`page` needs a parameter such as `{}`, but {} has none; name the field with `page({key} = …)`",
                    usual.first().copied().unwrap_or_default(),
                    self.model.name
                ),
            };
            self.errors.at(self.place, message);
        }
        found
    }
}

fn counts(field: &Field) -> bool {
    !field.shape.is_list() && field.kind == Kind::Integer
}

fn page_param(field: &Field) -> PageParam {
    PageParam { field: field.ident.clone(), wire: field.wire.clone() }
}

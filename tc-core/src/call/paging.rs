//! How an action without a struct pages.

use crate::spec::{ActionSpec, PageForm};

/// How an [`AnyAction`](crate::AnyAction) pages: the parameters that choose a page, and the path to the list in the response.
///
/// A text is converted to the paging of an action with the parameters `Offset` and `Limit`, which most have; it is the path to the
/// list.
///
/// ```no_run
/// use tc_core::{AnyAction, Client, Paging};
///
/// # async fn run(client: Client) -> Result<(), tc_core::Error> {
/// let zones = AnyAction::new("cvm", "2017-03-12", "DescribeZones").page("ZoneSet");
/// let mut zones = client.items(&zones);
/// while let Some(zone) = zones.next().await {
///     println!("{}", zone?["ZoneName"]);
/// }
///
/// let by_number = Paging::new("Data.List").number("PageNumber", "PageSize").total("Data.TotalCount");
/// let by_token = Paging::new("Parameters").token("NextToken", "NextToken");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    pub(crate) form: PagingForm,
    /// Paths are names of members, joined by dots.
    pub(crate) items: String,
    pub(crate) total: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PagingForm {
    Offset { offset: String, limit: String },
    Number { number: String, size: String, first: u64 },
    Token { token: String, next: String, more: Option<String>, size: Option<String> },
}

impl Paging {
    /// Pages with `Offset` and `Limit`. `items` is the path to the list, in names of members: `ZoneSet`, `Result.List`.
    pub fn new(items: impl Into<String>) -> Self {
        let form = PagingForm::Offset { offset: "Offset".into(), limit: "Limit".into() };
        Self { form, items: items.into(), total: None }
    }

    /// Pages with these parameters for the number of items to skip and the maximum number of items of a page.
    #[must_use]
    pub fn offset(mut self, offset: impl Into<String>, limit: impl Into<String>) -> Self {
        self.form = PagingForm::Offset { offset: offset.into(), limit: limit.into() };
        self
    }

    /// Pages with these parameters for the number of the page, which starts at 1, and the maximum number of items of a page.
    #[must_use]
    pub fn number(mut self, number: impl Into<String>, size: impl Into<String>) -> Self {
        self.form = PagingForm::Number { number: number.into(), size: size.into(), first: 1 };
        self
    }

    /// Pages with this parameter for a token. The token of the next page is at the path `next` of the response; on the last page it
    /// is absent or empty.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>, next: impl Into<String>) -> Self {
        self.form = PagingForm::Token { token: token.into(), next: next.into(), more: None, size: None };
        self
    }

    /// Sets the parameter for the maximum number of items of a page.
    #[must_use]
    pub fn size(mut self, parameter: impl Into<String>) -> Self {
        match &mut self.form {
            PagingForm::Offset { limit: size, .. } | PagingForm::Number { size, .. } => *size = parameter.into(),
            PagingForm::Token { size, .. } => *size = Some(parameter.into()),
        }
        self
    }

    /// Sets the path to the number of all items. Default: `TotalCount`, `TotalNum`, `TotalSize` or `Total`, next to the list or at
    /// the top level of the response.
    #[must_use]
    pub fn total(mut self, path: impl Into<String>) -> Self {
        self.total = Some(path.into());
        self
    }
}

impl Paging {
    /// The paging of an action with a spec.
    pub(crate) fn of(spec: &'static ActionSpec) -> Option<Self> {
        let page = spec.page?;
        let path = |fields: &[&str]| {
            let members = spec.response.get().path(fields)?;
            Some(members.iter().map(|member| member.name).collect::<Vec<_>>().join("."))
        };
        let form = match page.form {
            PageForm::Offset { offset, limit } => PagingForm::Offset { offset: offset.into(), limit: limit.into() },
            PageForm::Number { number, size, first } => {
                PagingForm::Number { number: number.into(), size: size.into(), first }
            }
            PageForm::Token { token, next, more, size } => {
                let more = more.and_then(path);
                PagingForm::Token { token: token.into(), next: path(next)?, more, size: size.map(Into::into) }
            }
        };
        Some(Self { form, items: path(page.items)?, total: page.total.and_then(path) })
    }

    /// The parameter for the maximum number of items of a page.
    pub(crate) fn size_parameter(&self) -> Option<&str> {
        match &self.form {
            PagingForm::Offset { limit: size, .. } | PagingForm::Number { size, .. } => Some(size),
            PagingForm::Token { size, .. } => size.as_deref(),
        }
    }
}

impl From<&str> for Paging {
    fn from(items: &str) -> Self {
        Self::new(items)
    }
}

impl From<String> for Paging {
    fn from(items: String) -> Self {
        Self::new(items)
    }
}

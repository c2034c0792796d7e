//! Searches samples of faces.

use tc_core::Violation;
use tc_core::{tc_action, tc_error, tc_model};

use super::AiSamplePerson;

/// A library of samples.
#[tc_model]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SampleType {
    /// The library of the account.
    UserDefine,
    /// The library of the service. It can be searched by name, or by name and id, and returns one picture of each face.
    Default,
}

/// Finds samples of faces by id, name or tag, page by page.
///
/// [Official reference](https://www.tencentcloud.com/document/product/1041/33678)
///
/// ```no_run
/// use tc_apis::mps::DescribePersonSamples;
/// use tc_core::{Client, request};
///
/// # async fn run() -> Result<(), tc_core::Error> {
/// let client = Client::from_env()?;
/// let found = client.send(&request!(DescribePersonSamples { names: ["John Smith"], limit: 20 })).await?;
/// for person in &found.person_set {
///     println!("{}: {}", person.name, person.description);
/// }
/// # Ok(())
/// # }
/// ```
#[tc_action(
    service = "mps",
    version = "2019-06-12",
    response = DescribePersonSamplesResponse,
    error = DescribePersonSamplesError,
    rate = 100,
    page(total = total_count, items = person_set),
    check = default_library_needs_names
)]
#[cfg_attr(feature = "verify", tc(verify))]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribePersonSamples {
    /// The library to search.
    #[tc(default = SampleType::UserDefine)]
    pub r#type: Option<SampleType>,
    /// Ids of samples.
    #[tc(items = ..=100)]
    pub person_ids: Vec<String>,
    /// Names of persons.
    #[tc(items = ..=20)]
    pub names: Vec<String>,
    /// Tags of samples.
    #[tc(items = ..=20)]
    pub tags: Vec<String>,
    /// The number of entries to skip.
    #[tc(default = 0)]
    pub offset: Option<u64>,
    /// The number of entries to return.
    #[tc(range = ..=100, default = 100)]
    pub limit: Option<u64>,
}

/// By the documentation, the default library can be searched only by name, or by name and id.
fn default_library_needs_names(request: &DescribePersonSamples) -> Result<(), Violation> {
    if request.r#type == Some(SampleType::Default) && request.names.is_empty() {
        return Err(Violation::new(
            "Names",
            "is required if Type is Default, because that library is searched by name",
        ));
    }
    Ok(())
}

/// The response of [`DescribePersonSamples`].
#[tc_model]
#[cfg_attr(feature = "verify", tc(verify("mps", "2019-06-12", "DescribePersonSamplesResponse")))]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribePersonSamplesResponse {
    /// The total number of samples.
    pub total_count: u64,
    /// The samples of this page.
    pub person_set: Vec<AiSamplePerson>,
}

/// The documented errors of [`DescribePersonSamples`].
#[tc_error]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DescribePersonSamplesError {
    /// The account has not been authorised for the Media Processing Service.
    #[tc(code = "FailedOperation.InvalidMpsUser", class = auth)]
    InvalidMpsUser,
    /// The service failed internally; a later attempt may succeed.
    #[tc(class = retry)]
    InternalError,
    /// The value of a parameter is not accepted.
    #[tc(class = caller)]
    InvalidParameterValue,
}

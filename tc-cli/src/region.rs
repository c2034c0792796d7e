//! The region of a call: where its name comes from, and warnings about names that look misspelt.

use std::fmt;

use tc_core::Region;

/// The region if nothing names one. It is that of a new profile of tccli.
pub(crate) const DEFAULT_REGION: &str = "ap-guangzhou";

/// What names the region of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RegionSource {
    /// `--region`, or the argument of a tool.
    Option,
    /// The variable `TENCENTCLOUD_REGION`.
    Environment,
    /// The file of the profile.
    Profile,
    /// Nothing: it is [`DEFAULT_REGION`].
    Default,
}

/// The name of the source.
impl fmt::Display for RegionSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Option => "option",
            Self::Environment => "environment",
            Self::Profile => "profile",
            Self::Default => "default",
        })
    }
}

/// The sentence about the default region.
pub(crate) fn default_note() -> String {
    format!(
        "region: {DEFAULT_REGION} (the default: neither --region nor TENCENTCLOUD_REGION nor the profile names one; \
         `tcapi configure set region REGION` stores one)"
    )
}

/// A warning about a name that is not that of a region: of an availability zone, or near the name of a known region. Other unknown
/// names are accepted, because the cloud adds regions.
pub(crate) fn warning(name: &str) -> Option<String> {
    let region = Region::new(name.to_owned());
    let of_zone = region.region_of_zone();
    let near = nearest(of_zone.as_ref().unwrap_or(&region).as_str());
    match (of_zone, near) {
        (Some(_), Some(near)) => Some(format!(
            "`{name}` is neither a known region nor an availability zone of one; did you mean the region `{near}`?"
        )),
        (Some(of_zone), None) => {
            Some(format!("`{name}` is an availability zone, not a region: the region is `{of_zone}`"))
        }
        (None, Some(near)) => Some(format!("`{name}` is not a known region; did you mean `{near}`?")),
        (None, None) => None,
    }
}

/// The known region whose name differs from an unknown name in at most two letters, or in its continent.
fn nearest(name: &str) -> Option<&'static str> {
    let known = || Region::KNOWN.iter().map(Region::as_str);
    if known().any(|region| region == name) {
        return None;
    }
    let lower = name.to_lowercase();
    // `guangzhou`, `cn-guangzhou`.
    let city = |name: &str| name.split_once('-').map_or_else(|| name.to_owned(), |(_, city)| city.to_owned());
    let same_city = known().find(|region| city(region) == city(&lower));
    let distance = |region: &str| strsim::osa_distance(&lower, region);
    same_city.or_else(|| known().filter(|region| distance(region) <= 2).min_by_key(|region| distance(region)))
}

#[cfg(test)]
mod tests {
    use super::warning;

    #[test]
    fn a_misspelt_region_leads_to_the_known_one() {
        for (name, expected) in [
            ("ap-guangzou", "ap-guangzhou"),
            ("ap-gaungzhou", "ap-guangzhou"),
            ("ap-guangzhuo", "ap-guangzhou"),
            ("ap-bejing", "ap-beijing"),
            ("ap_beijing", "ap-beijing"),
            ("cn-beijing", "ap-beijing"),
            ("beijing", "ap-beijing"),
            ("AP-Shanghai", "ap-shanghai"),
            ("ap-frankfurt", "eu-frankfurt"),
            ("us-ashburn", "na-ashburn"),
            ("ap-shanghai-fis", "ap-shanghai-fsi"),
            ("ap-singapor", "ap-singapore"),
        ] {
            let expected = format!("`{name}` is not a known region; did you mean `{expected}`?");
            assert_eq!(warning(name), Some(expected));
        }
        let zone = warning("ap-guangzou-3").unwrap();
        assert!(zone.ends_with("did you mean the region `ap-guangzhou`?"), "{zone}");
        let zone = warning("ap-guangzhou-3").unwrap();
        assert!(zone.ends_with("is an availability zone, not a region: the region is `ap-guangzhou`"), "{zone}");
    }

    #[test]
    fn a_region_that_is_new_or_special_is_accepted_without_a_warning() {
        for name in [
            "ap-guangzhou",
            "ap-shenzhen-fsi",
            "ap-mumbai",
            "ap-taipei",
            "ap-osaka",
            "na-toronto",
            "eu-moscow",
            "ap-shenzhen",
            "ap-tianjin",
            "ap-qingyuan",
            "ap-guangzhou-open",
            "ap-shenyang-ec",
            "ap-hangzhou-ec",
            "ap-jinan-ec",
            "ap-wuhan-ec",
            "ap-shanghai-adc",
            "ap-beijing-ecm",
            "me-saudi-arabia",
            "sa-santiago",
            "ap-manila",
            "eu-paris",
            "all",
            "",
        ] {
            assert_eq!(warning(name), None, "{name}");
        }
    }
}

//! `request!` inside generic functions, impls, closures and async blocks.
use tc_apis::iai::GetPersonGroupInfo;
use tc_core::request;

struct Reader<T>(T);

impl<T: AsRef<str>> Reader<T> {
    fn ask(&self) -> GetPersonGroupInfo {
        request!(GetPersonGroupInfo { person_id: self.0.as_ref(), limit: 10 })
    }
}

fn ask<T: Into<String>, const N: u64>(person: T) -> Result<GetPersonGroupInfo, std::num::ParseIntError> {
    let person: String = person.into();
    Ok(request!(GetPersonGroupInfo { person_id: person, limit: N, offset: "1".parse::<u64>()? }))
}

async fn later(person: impl std::future::Future<Output = String>) -> GetPersonGroupInfo {
    request!(GetPersonGroupInfo { person_id: person.await, limit: 10 })
}

macro_rules! person {
    ($id:expr, $limit:literal) => {
        request!(GetPersonGroupInfo { person_id: $id, limit: $limit })
    };
}

fn main() {
    let _ = Reader("2001").ask();
    let _ = ask::<_, 5>("2001");
    drop(later(async { String::from("2001") }));
    let _ = person!("2001", 10);
    let _: Vec<_> = ["2001"].into_iter().map(|id| request!(GetPersonGroupInfo { person_id: id })).collect();
}

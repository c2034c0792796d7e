//! The documented errors of GetPersonGroupInfo.

use tc_core::tc_error;

/// The documented errors of [`GetPersonGroupInfo`](super::GetPersonGroupInfo): most of them are common to all actions of the service.
#[tc_error]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GetPersonGroupInfoError {
    /// Another operation on the same person is running; make one call at a time for a person.
    #[tc(code = "FailedOperation.ConflictOperation", class = retry)]
    ConflictOperation,
    /// Two custom fields of the group have the same description.
    #[tc(code = "FailedOperation.DuplicatedGroupDescription", class = caller)]
    DuplicatedGroupDescription,
    /// The group is being deleted; wait until this is done.
    #[tc(code = "FailedOperation.GroupInDeletedState", class = state)]
    GroupInDeletedState,
    /// The person is already in the group.
    #[tc(code = "FailedOperation.GroupPersonMapExist", class = caller)]
    GroupPersonMapExist,
    /// The person is not in the group.
    #[tc(code = "FailedOperation.GroupPersonMapNotExist", class = caller)]
    GroupPersonMapNotExist,
    /// The picture cannot be decoded.
    #[tc(code = "FailedOperation.ImageDecodeFailed", class = caller)]
    ImageDecodeFailed,
    /// The picture could not be fetched from its address.
    #[tc(code = "FailedOperation.ImageDownloadError", class = caller)]
    ImageDownloadError,
    /// No face could be detected in the picture.
    #[tc(code = "FailedOperation.ImageFacedetectFailed", class = caller)]
    ImageFacedetectFailed,
    /// The picture, in Base64, is larger than 5 MB.
    #[tc(code = "FailedOperation.ImageSizeExceed", class = caller)]
    ImageSizeExceed,
    /// Too many calls in a short time; slow down.
    #[tc(code = "FailedOperation.RequestLimitExceeded", class = throttle)]
    RequestLimitExceeded,
    /// The service behind the gateway did not respond in time.
    #[tc(code = "FailedOperation.RequestTimeout", class = retry)]
    RequestTimeout,
    /// The search has more faces than allowed.
    #[tc(code = "FailedOperation.SearchFacesExceed", class = caller)]
    SearchFacesExceed,
    /// The recognition service failed; a later attempt may succeed.
    #[tc(code = "FailedOperation.ServerError", class = retry)]
    ServerError,
    /// The service failed internally; a later attempt may succeed.
    #[tc(class = retry)]
    InternalError,
    /// A parameter is not valid.
    #[tc(code = "InvalidParameter.InvalidParameter", class = caller)]
    InvalidParameter,
    /// The account has the largest allowed number of faces.
    #[tc(code = "InvalidParameterValue.AccountFaceNumExceed", class = quota)]
    AccountFaceNumExceed,
    /// Too many faces would be deleted: each person must keep at least one.
    #[tc(code = "InvalidParameterValue.DeleteFaceNumExceed", class = caller)]
    DeleteFaceNumExceed,
    /// The group has more than five custom fields.
    #[tc(code = "InvalidParameterValue.GroupExDescriptionsExceed", class = caller)]
    GroupExDescriptionsExceed,
    /// Two custom fields of the group have the same name.
    #[tc(code = "InvalidParameterValue.GroupExDescriptionsNameIdentical", class = caller)]
    GroupExDescriptionsNameIdentical,
    /// The name of a custom field may contain letters, digits, `-` and `_` only.
    #[tc(code = "InvalidParameterValue.GroupExDescriptionsNameIllegal", class = caller)]
    GroupExDescriptionsNameIllegal,
    /// The name of a custom field of the group is too long.
    #[tc(code = "InvalidParameterValue.GroupExDescriptionsNameTooLong", class = caller)]
    GroupExDescriptionsNameTooLong,
    /// The group holds as many faces as it may.
    #[tc(code = "InvalidParameterValue.GroupFaceNumExceed", class = quota)]
    GroupFaceNumExceed,
    /// A group has this id already.
    #[tc(code = "InvalidParameterValue.GroupIdAlreadyExist", class = caller)]
    GroupIdAlreadyExist,
    /// The id of a group may contain letters, digits and `-%@#&_` only.
    #[tc(code = "InvalidParameterValue.GroupIdIllegal", class = caller)]
    GroupIdIllegal,
    /// No group has this id.
    #[tc(code = "InvalidParameterValue.GroupIdNotExist", class = caller)]
    GroupIdNotExist,
    /// The id of the group is too long.
    #[tc(code = "InvalidParameterValue.GroupIdTooLong", class = caller)]
    GroupIdTooLong,
    /// More groups are named than are allowed.
    #[tc(code = "InvalidParameterValue.GroupIdsExceed", class = caller)]
    GroupIdsExceed,
    /// A group has this name already.
    #[tc(code = "InvalidParameterValue.GroupNameAlreadyExist", class = caller)]
    GroupNameAlreadyExist,
    /// The name of a group may contain letters, digits, `-` and `_` only.
    #[tc(code = "InvalidParameterValue.GroupNameIllegal", class = caller)]
    GroupNameIllegal,
    /// The name of the group is too long.
    #[tc(code = "InvalidParameterValue.GroupNameTooLong", class = caller)]
    GroupNameTooLong,
    /// The account has as many groups as it may; more are given on request.
    #[tc(code = "InvalidParameterValue.GroupNumExceed", class = quota)]
    GroupNumExceed,
    /// The person is in 100 groups, and may be in no more.
    #[tc(code = "InvalidParameterValue.GroupNumPerPersonExceed", class = quota)]
    GroupNumPerPersonExceed,
    /// The remark of a group may contain letters, digits, `-` and `_` only.
    #[tc(code = "InvalidParameterValue.GroupTagIllegal", class = caller)]
    GroupTagIllegal,
    /// The remark of the group is too long.
    #[tc(code = "InvalidParameterValue.GroupTagTooLong", class = caller)]
    GroupTagTooLong,
    /// The picture is empty.
    #[tc(code = "InvalidParameterValue.ImageEmpty", class = caller)]
    ImageEmpty,
    /// More results are asked for than are returned at once.
    #[tc(code = "InvalidParameterValue.LimitExceed", class = caller)]
    LimitExceed,
    /// The groups searched contain no face.
    #[tc(code = "InvalidParameterValue.NoFaceInGroups", class = state)]
    NoFaceInGroups,
    /// There is no face in the picture.
    #[tc(code = "InvalidParameterValue.NoFaceInPhoto", class = caller)]
    NoFaceInPhoto,
    /// The offset lies behind the end of the list.
    #[tc(code = "InvalidParameterValue.OffsetExceed", class = caller)]
    OffsetExceed,
    /// The person has more custom fields than the five that are allowed.
    #[tc(code = "InvalidParameterValue.PersonExDescriptionInfosExceed", class = caller)]
    PersonExDescriptionInfosExceed,
    /// Two custom fields of the person have the same name.
    #[tc(code = "InvalidParameterValue.PersonExDescriptionsNameIdentical", class = caller)]
    PersonExDescriptionsNameIdentical,
    /// The name of a person's custom field may contain letters, digits, `-` and `_` only.
    #[tc(code = "InvalidParameterValue.PersonExDescriptionsNameIllegal", class = caller)]
    PersonExDescriptionsNameIllegal,
    /// The name of a custom field of the person is too long.
    #[tc(code = "InvalidParameterValue.PersonExDescriptionsNameTooLong", class = caller)]
    PersonExDescriptionsNameTooLong,
    /// A person with this id is in the group already.
    #[tc(code = "InvalidParameterValue.PersonExistInGroup", class = caller)]
    PersonExistInGroup,
    /// The person has five faces, and may have no more.
    #[tc(code = "InvalidParameterValue.PersonFaceNumExceed", class = quota)]
    PersonFaceNumExceed,
    /// The gender is 0 (not said), 1 (male) or 2 (female).
    #[tc(code = "InvalidParameterValue.PersonGenderIllegal", class = caller)]
    PersonGenderIllegal,
    /// A person has this id already.
    #[tc(code = "InvalidParameterValue.PersonIdAlreadyExist", class = caller)]
    PersonIdAlreadyExist,
    /// The id of a person may contain letters, digits and `-%@#&_` only.
    #[tc(code = "InvalidParameterValue.PersonIdIllegal", class = caller)]
    PersonIdIllegal,
    /// No person has this id.
    #[tc(code = "InvalidParameterValue.PersonIdNotExist", class = caller)]
    PersonIdNotExist,
    /// The id of the person is too long.
    #[tc(code = "InvalidParameterValue.PersonIdTooLong", class = caller)]
    PersonIdTooLong,
    /// The name of a person may contain letters, digits, `-` and `_` only.
    #[tc(code = "InvalidParameterValue.PersonNameIllegal", class = caller)]
    PersonNameIllegal,
    /// The name of the person is too long.
    #[tc(code = "InvalidParameterValue.PersonNameTooLong", class = caller)]
    PersonNameTooLong,
    /// More persons are searched for than are allowed.
    #[tc(code = "InvalidParameterValue.SearchPersonsExceed", class = caller)]
    SearchPersonsExceed,
    /// At most four faces can be uploaded in one call.
    #[tc(code = "InvalidParameterValue.UploadFaceNumExceed", class = caller)]
    UploadFaceNumExceed,
    /// The address is not a URL.
    #[tc(code = "InvalidParameterValue.UrlIllegal", class = caller)]
    UrlIllegal,
    /// There are more faces than are allowed.
    #[tc(code = "LimitExceeded.ErrorFaceNumExceed", class = quota)]
    ErrorFaceNumExceed,
    /// A required parameter is empty.
    #[tc(code = "MissingParameter.ErrorParameterEmpty", class = caller)]
    ErrorParameterEmpty,
    /// The resource is still being delivered.
    #[tc(code = "ResourceUnavailable.Delivering", class = state)]
    Delivering,
    /// The account is frozen.
    #[tc(code = "ResourceUnavailable.Freeze", class = state)]
    Freeze,
    /// The account has unpaid bills.
    #[tc(code = "ResourceUnavailable.InArrears", class = state)]
    InArrears,
    /// The billing state is unknown; see in the console whether the service is activated.
    #[tc(code = "ResourceUnavailable.NotExist", class = state)]
    NotExist,
    /// The resource has been taken back.
    #[tc(code = "ResourceUnavailable.Recover", class = state)]
    Recover,
    /// The service is suspended for this account.
    #[tc(code = "ResourceUnavailable.StopUsing", class = state)]
    StopUsing,
    /// The billing state is unknown.
    #[tc(code = "ResourceUnavailable.UnknownStatus", class = state)]
    UnknownStatus,
    /// Something is wrong with the billing state.
    #[tc(code = "ResourcesSoldOut.ChargeStatusException", class = state)]
    ChargeStatusException,
    /// The service does not know the method.
    #[tc(code = "UnsupportedOperation.UnknowMethod", class = caller)]
    UnknowMethod,
}

namespace OrleansSync.Bitrix24.Responses;

/// <summary>What is known of the answer that is being read, and how to fail with it.</summary>
internal sealed record ResponseScope(int Status, AnswerContext Context, Redaction Redaction, Bitrix24Timing? Timing)
{
    /// <summary>The answer is an error of the vendor's.</summary>
    public VendorResult<T, Bitrix24Timing> Fail<T>(ErrorBody error) => VendorResult.Failure<T, Bitrix24Timing>(
        VendorErrors.Create(error, Status, Context, Timing?.OperatingResetAt, Redaction), Timing);

    /// <summary>The answer claims success but is not of the documented shape.</summary>
    public VendorResult<T, Bitrix24Timing> Invalid<T>(string why) =>
        VendorResult.Failure<T, Bitrix24Timing>(
            new VendorError(VendorErrorKind.InvalidAnswer, $"The answer of Bitrix24 cannot be used: {why}."), Timing);
}

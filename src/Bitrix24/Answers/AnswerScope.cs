namespace OrleansSync.Bitrix24;

/// <summary>What is known of the answer that is being read, and how to fail with it.</summary>
internal sealed record AnswerScope(int Status, AnswerContext Context, Redaction Redaction, Bitrix24Timing? Timing)
{
    /// <summary>The answer is an error of the vendor's.</summary>
    public Bitrix24Result<T> Fail<T>(string? code, string? description)
    {
        var kind = VendorErrors.Classify(code, Status, Context);
        var resetAt = kind == Bitrix24ErrorKind.OperationTimeLimit ? Timing?.OperatingResetAt : null;
        return Bitrix24Result.Failure<T>(VendorErrors.Create(kind, code, description, Status, resetAt, Redaction), Timing);
    }

    /// <summary>The answer claims success but is not of the documented shape.</summary>
    public Bitrix24Result<T> Invalid<T>(string why) =>
        Bitrix24Result.Failure<T>(
            new Bitrix24Error(Bitrix24ErrorKind.InvalidAnswer, null, $"The answer of Bitrix24 cannot be used: {why}."), Timing);
}

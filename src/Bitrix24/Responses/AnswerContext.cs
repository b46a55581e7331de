namespace OrleansSync.Bitrix24.Responses;

/// <summary>What was asked, and of whom, where the same code means different things.</summary>
internal enum AnswerContext
{
    /// <summary>A REST method of a portal in the vendor's cloud.</summary>
    Call,

    /// <summary>A REST method of a portal that the customer hosts.</summary>
    OnPremiseCall,

    /// <summary>Obtaining or renewing OAuth tokens.</summary>
    Renewal,
}

using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Web.Account;

/// <summary>Which problems are mended in this service, and where.</summary>
internal static class Remedies
{
    /// <summary>
    /// The part of the form of connection and settings where the problem is mended; null when it is mended elsewhere or ends by itself.
    /// </summary>
    public static string? PartOfConnection(ProblemCode code) => code switch
    {
        ProblemCode.Bitrix24Unauthorized or ProblemCode.Bitrix24Scope or ProblemCode.Bitrix24Moved or ProblemCode.PortalChanged =>
            "bitrix24",
        ProblemCode.CallGearUnauthorized => "callgear",
        ProblemCode.GroupRejected => "settings",

        // The message says which of the two sides it is.
        ProblemCode.AddressRefused or ProblemCode.Unreachable or ProblemCode.InvalidAnswer => "",
        _ => null,
    };
}

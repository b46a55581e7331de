using OrleansSync.Api.Bodies;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Accounts;

/// <summary>Judges a secret in a body: it may be new, or left out or masked to keep the one that is stored.</summary>
/// <param name="secrets">Protects the new ones.</param>
/// <param name="owner">The account they are protected for.</param>
/// <param name="errors">What is known to be wrong already, and where faults go.</param>
internal sealed class SecretRules(AccountSecrets secrets, string owner, BodyErrors errors)
{
    /// <summary>What stands in a secret's place where it is shown. A caller that sends it back means the secret that is stored.</summary>
    public const string Mask = "•••";

    private const int MaxLength = 4096;

    /// <summary>The secret as it leaves this process.</summary>
    public ProtectedText Protect(string secret) => secrets.Protect(owner, secret);

    /// <summary>Reads a secret and protects it; null as <see cref="Read"/> is.</summary>
    public ProtectedText? Protected(string path, string? value, bool isStored, bool isRequired) =>
        Read(path, value, isStored, isRequired) is { } secret ? Protect(secret) : null;

    /// <summary>Reads a secret; null when the stored one is kept, or there shall be none, or it is wrong.</summary>
    /// <param name="path">The member's path.</param>
    /// <param name="value">What the caller sent.</param>
    /// <param name="isStored">Whether there is a secret to keep.</param>
    /// <param name="isRequired">Whether the account cannot be without it.</param>
    /// <param name="shownAs">How a view shows the stored secret, where that is not the mask alone.</param>
    public string? Read(string path, string? value, bool isStored, bool isRequired, string? shownAs = null)
    {
        if (errors.Has(path))
        {
            return null;
        }

        var isKept = value is null or Mask || value == shownAs;
        var fault = isKept ? FaultOfKept(value, isStored, isRequired) : FaultOf(value!);
        if (fault is not null)
        {
            errors.Add(path, fault);
        }

        return isKept || fault is not null ? null : value;
    }

    private static BodyFault? FaultOfKept(string? value, bool isStored, bool isRequired) =>
        isStored ? null
        : value is not null ? new(FaultKind.SecretMasked, "is masked, and there is no stored one to keep: give the secret itself.")
        : isRequired ? BodyFault.SecretRequired
        : null;

    private static BodyFault? FaultOf(string value) =>
        value.Contains(Mask, StringComparison.Ordinal) ? new(
            FaultKind.SecretMasked,
            "is masked, but not as the account shows it: give the secret itself, or leave it out to keep the stored one.")
        : value.Length is < 1 or > MaxLength || value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? new(
            FaultKind.SecretForm, $"must have 1 to {MaxLength} characters, and no white space.", MaxLength)
        : null;
}

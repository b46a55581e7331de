using OrleansSync.Api.Bodies;

namespace OrleansSync.Api.Accounts;

/// <summary>Judges a secret in a body: it may be new, or left out or masked to keep the one that is stored.</summary>
internal sealed class SecretRules(BodyErrors errors)
{
    private const int MaxLength = 4096;

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

        if (value is null)
        {
            if (isRequired && !isStored)
            {
                errors.Add(path, BodyFault.SecretRequired);
            }

            return null;
        }

        if (value == SecretMask.Text || value == shownAs)
        {
            if (!isStored)
            {
                errors.Add(
                    path, new BodyFault(FaultKind.SecretMasked, "is masked, and there is no stored one to keep: give the secret itself."));
            }

            return null;
        }

        return IsPlausible(path, value) ? value : null;
    }

    private bool IsPlausible(string path, string value)
    {
        if (value.Contains(SecretMask.Text, StringComparison.Ordinal))
        {
            errors.Add(path, new BodyFault(
                FaultKind.SecretMasked,
                "is masked, but not as the account shows it: give the secret itself, or leave it out to keep the stored one."));
            return false;
        }

        if (value.Length is < 1 or > MaxLength || value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            errors.Add(path, new BodyFault(FaultKind.SecretForm, $"must have 1 to {MaxLength} characters, and no white space.", MaxLength));
            return false;
        }

        return true;
    }
}

using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Import;

/// <summary>What people call a user.</summary>
internal static class PersonName
{
    /// <summary>First and last name, or what there is of them, or the e-mail address, or the id.</summary>
    public static string Of(PortalUser user)
    {
        return (FieldText.Trimmed(user.FirstName), FieldText.Trimmed(user.LastName)) switch
        {
            ({ } first, { } last) => $"{first} {last}",
            var (first, last) => first ?? last ?? FieldText.Trimmed(user.Email) ?? $"User {user.Id}",
        };
    }
}

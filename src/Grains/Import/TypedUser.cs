using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Import;

/// <summary>A user as the rules read it.</summary>
internal static class TypedUser
{
    /// <summary>R2.2, R2.5: the user with its names and its address as people mean them; blank ones are null.</summary>
    /// <returns>The same instance when nothing differs.</returns>
    public static PortalUser Of(PortalUser user)
    {
        var (first, last, second) = (FieldText.Typed(user.FirstName), FieldText.Typed(user.LastName), FieldText.Typed(user.SecondName));
        var email = EmailAddress.Of(user.Email);
        return (first, last, second, email) == (user.FirstName, user.LastName, user.SecondName, user.Email)
            ? user
            : user with { FirstName = first, LastName = last, SecondName = second, Email = email };
    }
}

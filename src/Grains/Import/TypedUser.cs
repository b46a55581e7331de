using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Import;

/// <summary>A user as the rules read it.</summary>
internal static class TypedUser
{
    /// <summary>R2.2, R2.5: the user with its names and its address as people mean them; blank ones are null.</summary>
    /// <returns>The same instance when nothing differs.</returns>
    public static PortalUser Of(PortalUser user)
    {
        var typed = user with
        {
            FirstName = FieldText.Typed(user.FirstName),
            LastName = FieldText.Typed(user.LastName),
            SecondName = FieldText.Typed(user.SecondName),
            Email = EmailAddress.Of(user.Email),
        };
        return typed == user ? user : typed;
    }
}

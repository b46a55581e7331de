namespace OrleansSync.Grains.Interfaces.Connections;

/// <summary>A user as Bitrix24's <c>user.get</c> answers it; texts are as they were typed.</summary>
[GenerateSerializer, Immutable, Alias("PortalUser")]
public sealed record PortalUser
{
    /// <summary>The user's id in Bitrix24.</summary>
    [Id(0)] public required long Id { get; init; }

    /// <summary>R2.3: false for dismissed users.</summary>
    [Id(1)] public bool IsActive { get; init; } = true;

    /// <summary><c>employee</c>, <c>extranet</c>, <c>email</c>, or null when missing.</summary>
    [Id(2)] public string? UserType { get; init; }

    /// <summary>First name.</summary>
    [Id(3)] public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    [Id(4)] public string? LastName { get; init; }

    /// <summary>Second name, which CallGear calls patronymic.</summary>
    [Id(5)] public string? SecondName { get; init; }

    /// <summary>E-mail address.</summary>
    [Id(6)] public string? Email { get; init; }

    /// <summary>Work phone, as it was typed.</summary>
    [Id(7)] public string? WorkPhone { get; init; }

    /// <summary>Personal mobile, as it was typed.</summary>
    [Id(8)] public string? PersonalMobile { get; init; }

    /// <summary>Personal landline, as it was typed.</summary>
    [Id(9)] public string? PersonalPhone { get; init; }

    /// <summary>R2.2: whether there is at least one department.</summary>
    [Id(10)] public bool HasDepartment { get; init; }

    /// <summary>R8.6: whether the answer had an e-mail field at all, filled or not.</summary>
    [Id(11)] public bool HasEmailField { get; init; } = true;
}

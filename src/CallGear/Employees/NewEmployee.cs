namespace OrleansSync.CallGear;

/// <summary>An employee to create (<c>create.employees</c>). What is null or empty is not sent.</summary>
public sealed record NewEmployee
{
    /// <summary>Last name, which CallGear requires.</summary>
    public required string LastName { get; init; }

    /// <summary>First name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Patronymic.</summary>
    public string? Patronymic { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Phone numbers in dialling order.</summary>
    public IReadOnlyList<string> PhoneNumbers { get; init; } = [];

    /// <summary>Nothing of it: it is personal data, which does not belong in logs.</summary>
    public override string ToString() => nameof(NewEmployee);
}

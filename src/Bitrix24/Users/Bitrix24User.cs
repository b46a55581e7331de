namespace OrleansSync.Bitrix24.Users;

/// <summary>
/// A user as <c>user.get</c> answers it. Texts are as answered, neither trimmed nor checked, but for what is no text (see
/// <see cref="JsonText"/>); null stands for absent, null and values that are no text. Which users matter is decided by the import rules,
/// not here.
/// </summary>
public sealed record Bitrix24User
{
    /// <summary>The user's id, positive.</summary>
    public required long Id { get; init; }

    /// <summary>Whether the user is active: true unless <c>ACTIVE</c> is false, <c>"N"</c>, <c>"0"</c> or 0 (R2.3).</summary>
    public bool IsActive { get; init; } = true;

    /// <summary><c>USER_TYPE</c>: <c>employee</c>, <c>extranet</c>, <c>email</c>, or null where it is missing.</summary>
    public string? UserType { get; init; }

    /// <summary>First name (<c>NAME</c>).</summary>
    public string? Name { get; init; }

    /// <summary>Last name (<c>LAST_NAME</c>).</summary>
    public string? LastName { get; init; }

    /// <summary>Second name, which becomes the patronymic.</summary>
    public string? SecondName { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the answer had an <c>EMAIL</c> field at all: without contact rights the vendor leaves it out (R8.6).</summary>
    public bool HasEmailField { get; init; }

    /// <summary>Work phone (<c>WORK_PHONE</c>), as it was typed.</summary>
    public string? WorkPhone { get; init; }

    /// <summary>Personal mobile phone (<c>PERSONAL_MOBILE</c>), as it was typed.</summary>
    public string? PersonalMobile { get; init; }

    /// <summary>Personal landline (<c>PERSONAL_PHONE</c>), as it was typed.</summary>
    public string? PersonalPhone { get; init; }

    /// <summary>Ids of the user's departments, only positive ones; empty where the vendor's value is blank (R2.2).</summary>
    public IReadOnlyList<long> Departments { get; init; } = [];

    /// <summary>The id alone: the rest is personal data, which does not belong in logs.</summary>
    public override string ToString() => $"Bitrix24 user {Id}";
}

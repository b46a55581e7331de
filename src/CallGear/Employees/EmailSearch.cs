namespace OrleansSync.CallGear.Employees;

/// <summary>How <see cref="CallGearClient.FindEmployeesByEmailAsync"/> puts its question.</summary>
public enum EmailSearch
{
    /// <summary>By a regular expression, which finds the address in every case, and with invisible characters in it.</summary>
    AnySpelling,

    /// <summary>
    /// By <c>=</c> for the spellings given and those in lower case: for an API that rejects the expression. Finds no other spelling.
    /// </summary>
    GivenAndLowerCase,
}

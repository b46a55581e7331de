using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace OrleansSync.Api.Parameters;

/// <summary>
/// Query parameters that the framework binds and validates. Its binder answers a bare 400 to a number or flag it cannot read, takes other
/// ways to write them, and joins a parameter that is given twice; so what was sent is compared here with how the interface writes it.
/// Parameters nobody asks for are ignored.
/// </summary>
public abstract class QueryParameters : IValidatableObject
{
    /// <summary>The request, for what was really sent.</summary>
    public required HttpRequest Request { get; init; }

    /// <inheritdoc />
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from property in GetType().GetProperties()
        let fault = FaultOf(property)
        where fault is not null
        select new ValidationResult(fault, [property.Name]);

    private string? FaultOf(PropertyInfo property)
    {
        if (property.Name == nameof(Request) || Request.Query[property.Name] is not { Count: > 0 } given)
        {
            return null;
        }

        if (given.Count > 1)
        {
            return "is given more than once.";
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType);
        return type is null || given == Written(property.GetValue(this)) ? null
            : type == typeof(bool) ? "must be true or false."
            : property.GetCustomAttribute<RangeAttribute>()?.FormatErrorMessage(property.Name) ?? "must be a whole number.";
    }

    private static string? Written(object? value) =>
        value is bool flag ? flag ? "true" : "false" : (value as IFormattable)?.ToString(format: null, CultureInfo.InvariantCulture);
}

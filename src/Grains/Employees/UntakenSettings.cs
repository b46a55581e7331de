using System.Collections.Immutable;
using System.Globalization;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Employees;

/// <summary>
/// R5.4: settings of an employee's numbers that CallGear does not take back as it has answered them, because they are older than its ranges
/// or the plan has lost them. What is not to be changed is no reason to fail: they are left out of the update, the numbers never are.
/// </summary>
internal sealed class UntakenSettings
{
    private static readonly ImmutableArray<Setting> _settings =
    [
        new("dial_time", static number => TextOf(number.DialTime), static number => number.DialTime is < 1 or > 100),
        new("channels_count", static number => TextOf(number.ChannelsCount), static number => number.ChannelsCount is < 1 or > 150),
        new("status", static number => number.Status, static _ => false),
    ];

    private readonly HashSet<(string Setting, long? PhoneId)> _leftOut = [];
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);
    private bool _leavesNumbers;

    /// <summary>What was left out, for the user's history; null when nothing was.</summary>
    public string? Note => _notes.Count == 0
        ? null
        : $"CallGear does not take back what it has stored, so that the update left it out: {string.Join(", ", _notes)}. "
            + "Look at the employee's numbers in CallGear.";

    /// <summary>Takes note that CallGear refused an update.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="update">The update as it was wanted.</param>
    /// <returns>Whether more is left out now, so that it is to be sent again.</returns>
    public bool Refuse(CallFailure failure, EmployeeUpdate update)
    {
        if (failure.IsParameterRefused && failure.Parameter?.Name == "phone_numbers" && update.Numbers.IsEmpty && !_leavesNumbers)
        {
            return _leavesNumbers = true;
        }

        var isMore = false;
        foreach (var setting in _settings)
        {
            foreach (var number in Refused(setting, failure, update.Numbers))
            {
                isMore |= _leftOut.Add((setting.Name, number.PhoneId));
                _notes.Add($"{setting.Name} {setting.TextOf(number)} of the number {number.Number}");
            }
        }

        return isMore;
    }

    /// <summary>The update without what was refused.</summary>
    public EmployeeUpdate Without(EmployeeUpdate update) => _leftOut.Count == 0 && !_leavesNumbers
        ? update
        : update with
        {
            LeavesNumbers = _leavesNumbers && update.Numbers.IsEmpty,
            Numbers = [.. update.Numbers.Select(number => number with
            {
                DialTime = IsLeftOut("dial_time", number) ? null : number.DialTime,
                ChannelsCount = IsLeftOut("channels_count", number) ? null : number.ChannelsCount,
                Status = IsLeftOut("status", number) ? null : number.Status,
            })],
        };

    private bool IsLeftOut(string setting, EmployeeNumber number) => _leftOut.Contains((setting, number.PhoneId));

    private EmployeeNumber[] Refused(Setting setting, CallFailure failure, ImmutableArray<EmployeeNumber> numbers)
    {
        EmployeeNumber[] sent = [.. numbers.Where(
            number => number.PhoneId is not null && setting.TextOf(number) is not null && !IsLeftOut(setting.Name, number))];
        EmployeeNumber[] outside = [.. sent.Where(setting.IsOutside)];
        if (failure.Parameter?.Name != setting.Name)
        {
            // Nothing is named, or the list as a whole: what lies outside of the ranges is the likeliest.
            return failure is { MayBeNumber: true } or { Parameter.Name: "phone_numbers", IsParameterRefused: false } ? outside : [];
        }

        if (failure.IsParameterRefused)
        {
            return sent;
        }

        EmployeeNumber[] named = failure.Parameter.Index is { } place && place < numbers.Length
            ? [.. sent.Where(number => number == numbers[place])]
            : [.. sent.Where(number => setting.TextOf(number) == failure.Parameter.Value)];
        return named.Length > 0 ? named : outside.Length > 0 ? outside : sent;
    }

    private static string? TextOf(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private sealed record Setting(string Name, Func<EmployeeNumber, string?> TextOf, Func<EmployeeNumber, bool> IsOutside);
}

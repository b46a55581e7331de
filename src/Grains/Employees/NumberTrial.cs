using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Employees;

/// <summary>
/// R5.2a, R5.5, R5.5a: which of a user's numbers CallGear takes, found by what it refuses. A refused request changes nothing and costs no
/// point, so each guess may be the real one: it leaves out as few numbers as can be, and those that come last in dialling order first.
/// </summary>
internal sealed class NumberTrial
{
    /// <summary>The most numbers that CallGear takes of one employee.</summary>
    public const int MostNumbers = 10;

    /// <summary>
    /// The most refusals after which another choice is made; then none of the numbers is sent. Every choice of up to four numbers is
    /// reached before.
    /// </summary>
    public const int MostRefusals = 30;

    private readonly ImmutableArray<string> _wanted;
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private IEnumerator<ImmutableArray<string>>? _choices;
    private CallFailure? _failure;

    /// <param name="wanted">The numbers that the employee is to get, in dialling order.</param>
    public NumberTrial(ImmutableArray<string> wanted)
    {
        _wanted = wanted.Length > MostNumbers ? wanted[..MostNumbers] : wanted;
        Current = _wanted;
    }

    /// <summary>The numbers to send.</summary>
    public ImmutableArray<string> Current { get; private set; }

    /// <summary>
    /// That numbers were refused, once what was sent with <see cref="Current"/> is taken; null when none was (R5.5).
    /// </summary>
    public Problem? Reason => _failure is null ? null : NumberRefusal.Of(_failure, [.. _wanted.Except(Current)], Current);

    /// <summary>Takes note that CallGear refused what was sent with <see cref="Current"/>.</summary>
    /// <returns>Whether it may be that of the numbers, so that it is to be sent again with those that are current now.</returns>
    public bool Refuse(CallFailure failure)
    {
        if (Current.IsEmpty || !MayBeOfNumbers(failure))
        {
            return false;
        }

        _failure ??= failure;
        _refused.Add(KeyOf(Current));
        Current = IsOfAll(failure) || _refused.Count >= MostRefusals ? []
            : Named(failure) is { IsEmpty: false } named ? Without(named)
            : NextChoice();
        return true;
    }

    private static bool MayBeOfNumbers(CallFailure failure) => failure.IsNumberRefused || failure.MayBeNumber || IsOfAll(failure);

    // The plan takes no numbers at all.
    private static bool IsOfAll(CallFailure failure) =>
        failure.IsParameterRefused && failure.Parameter?.Name?.StartsWith("phone_number", StringComparison.Ordinal) == true;

    private ImmutableArray<string> Without(ImmutableArray<string> named)
    {
        ImmutableArray<string> left = [.. Current.Except(named)];
        _choices = null;
        return left.IsEmpty ? [] : left;
    }

    // A value that fits all of them says nothing.
    private ImmutableArray<string> Named(CallFailure failure)
    {
        if (failure.Parameter is not { } parameter)
        {
            return [];
        }

        var value = parameter.Value ?? string.Empty;
        ImmutableArray<string> byValue = [.. Current.Where(number => Names(value, number))];
        return !byValue.IsEmpty && byValue.Length < Current.Length ? byValue
            : parameter.Index is { } place && place < Current.Length ? [Current[place]]
            : [];
    }

    private static bool Names(string value, string number) =>
        PhoneNumbers.Digits(value) == number
        || string.Concat(value.Select(static letter => char.IsAsciiDigit(letter) ? letter : ' ')).Split(' ').Contains(number);

    private ImmutableArray<string> NextChoice()
    {
        _choices ??= Choices(Current).GetEnumerator();
        while (_choices.MoveNext())
        {
            if (!_refused.Contains(KeyOf(_choices.Current)))
            {
                return _choices.Current;
            }
        }

        return [];
    }

    // Fewer and fewer of them, each choice in dialling order.
    private static IEnumerable<ImmutableArray<string>> Choices(ImmutableArray<string> numbers) =>
        Enumerable.Range(1, (1 << numbers.Length) - 1)
            .OrderByDescending(static choice => BitOperations.PopCount((uint)choice))
            .ThenByDescending(static choice => choice)
            .Select(choice => numbers.Where((_, place) => (choice & (1 << (numbers.Length - 1 - place))) != 0).ToImmutableArray());

    private static string KeyOf(ImmutableArray<string> numbers) =>
        string.Create(CultureInfo.InvariantCulture, $"{numbers.Length}: {string.Join(',', numbers)}");
}

using System.Globalization;

namespace OrleansSync.Micro.Data;

/// <summary>Somebody of a portal, as people type each other in; who has which number is always the same person.</summary>
internal sealed record Person
{
    private const string Domain = "acme.example";

    // One after the other, in both alphabets; their counts have no common divisor, so that whole names repeat late.
    private static readonly (string Male, string Female, string Mail)[] _lastNames =
    [
        ("Иванов", "Иванова", "ivanov"), ("Smith", "Smith", "smith"), ("Кузнецов", "Кузнецова", "kuznetsov"),
        ("Бондаренко", "Бондаренко", "bondarenko"), ("O'Neill", "O'Neill", "oneill"), ("Мусин-Пушкин", "Мусина-Пушкина", "musin-pushkin"),
        ("Müller", "Müller", "mueller"), ("Ахметов", "Ахметова", "akhmetov"), ("García López", "García López", "garcia"),
        ("Щербаков", "Щербакова", "scherbakov"), ("van der Berg", "van der Berg", "vanderberg"),
    ];

    private static readonly (string Name, string? Patronymic, bool IsMale)[] _firstNames =
    [
        ("Анна", "Сергеевна", false), ("Пётр", "Алексеевич", true), ("Emily", null, false), ("Дмитрий", "Иванович", true),
        ("James", null, true), ("Наталья", "Юрьевна", false), ("Ержан", null, true),
    ];

    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>First name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Last name.</summary>
    public required string LastName { get; init; }

    /// <summary>Second name; not everybody has one.</summary>
    public required string? Patronymic { get; init; }

    /// <summary>E-mail address, of which no two are the same.</summary>
    public required string Email { get; init; }

    /// <summary>Work phone, often with an extension.</summary>
    public string? WorkPhone => (Number % 5) switch
    {
        0 => null,
        1 => Text($"+7 (495) {Number % 900 + 100}-{Number % 90 + 10}-07"),
        2 => Text($"8 495 {Number % 900 + 100} 12 {Number % 90 + 10}, доб. {Number % 900 + 100}"),
        3 => Text($"+44 20 7946 0{Number % 900 + 100} ext. {Number % 90 + 10}"),
        _ => Text($"(495) {Number % 900 + 100}-12-34; (495) {Number % 900 + 100}-12-35"),
    };

    /// <summary>Mobile, in one of the spellings that people use.</summary>
    public string? Mobile => (Number % 4) switch
    {
        0 => Text($"8916{Number:0000000}"),
        1 => Text($"+7 916 {Number % 900 + 100}-{Number % 90 + 10}-{Number % 80 + 10}"),
        2 => null,
        _ => Text($"+7(916){Number:0000000}"),
    };

    /// <summary>Everybody up to a number.</summary>
    /// <param name="count">How many.</param>
    public static Person[] Many(int count) => [.. Enumerable.Range(1, count).Select(Of)];

    private static Person Of(int number)
    {
        var (name, patronymic, isMale) = _firstNames[number % _firstNames.Length];
        var (male, female, mail) = _lastNames[number % _lastNames.Length];
        return new Person
        {
            Number = number,
            FirstName = name,
            LastName = isMale ? male : female,
            Patronymic = patronymic,
            Email = (number % 25) switch
            {
                0 => Text($"{mail}.{number}@почта.example"),
                1 => Text($" {mail.ToUpperInvariant()}.{number}@Acme.Example"),
                _ => Text($"{mail}.{number}@{Domain}"),
            },
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

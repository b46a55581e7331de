namespace OrleansSync.Sandbox.Seeding;

/// <summary>A person's name as it is written, and the part of an e-mail address made of it.</summary>
internal readonly record struct PersonName(string First, string Last, string? Second, string Mailbox);

/// <summary>Names from many scripts, so that nothing that handles them can rely on Latin letters.</summary>
internal static class PersonNames
{
    private static readonly (string First, string Mail)[] _firstNames =
    [
        ("Ann", "ann"), ("James", "james"), ("Zoë", "zoe"), ("José", "jose"),
        ("Łukasz", "lukasz"), ("Jean-Luc", "jean-luc"), ("Mary Jane", "mary.jane"),
        ("Анна", "anna"), ("Дмитрий", "dmitry"), ("Фёдор", "fedor"),
        ("Олександр", "oleksandr"), ("Γιώργος", "giorgos"), ("Ελένη", "eleni"),
        ("محمد", "mohammed"), ("فاطمة", "fatima"), ("明", "ming"), ("さくら", "sakura"),
        ("지훈", "jihoon"), ("נועה", "noa"), ("דוד", "david"),
        ("Ángel", "angel"), ("Søren", "soren"), ("Nguyễn", "nguyen"), ("Ömer", "omer"), ("Siobhán", "siobhan"),
    ];

    private static readonly (string Last, string Mail)[] _lastNames =
    [
        ("Lee", "lee"), ("O'Brien", "obrien"), ("D’Angelo", "dangelo"),
        ("Smith-Jones", "smith-jones"), ("van der Berg", "vanderberg"), ("Müller", "mueller"),
        ("García Márquez", "garcia.marquez"), ("Ångström", "angstrom"), ("Čapek", "capek"),
        ("Иванова", "ivanova"), ("Петров-Водкин", "petrov-vodkin"),
        ("Щербаков", "shcherbakov"), ("Ковальчук", "kovalchuk"), ("Παπαδόπουλος", "papadopoulos"),
        ("عبد الله", "abdullah"), ("حسن", "hassan"),
        ("王", "wang"), ("山田", "yamada"), ("김", "kim"), ("כהן", "cohen"),
        ("Şahin", "sahin"), ("Trần", "tran"), ("MacDonald", "macdonald"), ("de la Cruz", "delacruz"),
    ];

    private static readonly string?[] _secondNames = [null, null, null, "", "Marie", "Иванович", "Сергеевна", "J."];

    public static PersonName Pick(Random random)
    {
        var (first, firstMail) = _firstNames[random.Next(_firstNames.Length)];
        var (last, lastMail) = _lastNames[random.Next(_lastNames.Length)];
        return new PersonName(first, last, _secondNames[random.Next(_secondNames.Length)], $"{firstMail}.{lastMail}");
    }
}

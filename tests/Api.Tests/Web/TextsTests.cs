using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Web.Texts;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Activity;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

public sealed partial class TextsTests
{
    private static readonly ResourceManager _texts = new(typeof(WebText).FullName!, typeof(WebText).Assembly);

    [Fact]
    public void Texts_InBothLanguages_HaveTheSameNamesAndPlaceholders()
    {
        var (english, russian) = (All(""), All("ru"));

        Assert.Equal(english.Keys.Order(), russian.Keys.Order());
        Assert.All(english, text => Assert.Equal(PlaceholdersOf(text.Value), PlaceholdersOf(russian[text.Key])));
    }

    [Fact]
    public void Texts_ForEveryValueThatPagesShow_AreThere()
    {
        var names = All("").Keys.ToHashSet(StringComparer.Ordinal);

        Assert.All(
            (string[])
            [
                .. Of<AccountStatus>(), .. Of<ActivityRange>(), .. Of<AuditActorKind>(), .. Of<Bitrix24Edition>(),
                .. Of<ChangeOutcome>(), .. Of<EmployeeOutcome>(), .. Of<FailureCause>(), .. Of<LinkOrigin>(),
                .. Of<PhoneNumberChoice>(), .. Of<RunStatus>(), .. Of<RunTrigger>(),
                .. CamelCaseEnum<FaultKind>.Names.Where(kind => kind != "other").Select(kind => "Fault_" + kind),
                .. CamelCaseEnum<ProblemCode>.Names.SelectMany(code => (string[])["Code_" + code, "Fix_" + code]),
            ],
            name => Assert.Contains(name, names));
    }

    private static IEnumerable<string> Of<T>()
        where T : struct, Enum => CamelCaseEnum<T>.Names.Select(name => $"{typeof(T).Name}_{name}");

    private static Dictionary<string, string> All(string language) => _texts
        .GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!
        .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    private static string PlaceholdersOf(string text) =>
        string.Concat(Placeholder().Matches(text).Select(match => match.Value).Order().Distinct());

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}

using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.Runs;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>What a run did, in words of both languages.</summary>
public sealed class RunTextTests
{
    private static readonly RunCounts _all = new()
    {
        Users = 1_234,
        Matched = 1_200,
        Created = 4,
        Linked = 1,
        PhonesAdded = 2,
        RemovedFromResponsible = 21,
        Skipped = 5,
        Failed = 1,
    };

    public static TheoryData<string, bool, string, string> Texts => new()
    {
        {
            "en", false, "4 created, 1 linked, 2 numbers added, 21 left",
            "1,234 people were read: 1,200 unchanged, 4 created, 1 linked, 2 numbers added, 21 left, 5 not imported, 1 failed."
        },
        {
            "en", true, "4 would be created, 1 would be linked, 2 numbers would be added, 21 would leave",
            "1,234 people were read: 1,200 unchanged, 4 would be created, 1 would be linked, 2 numbers would be added, 21 would leave, "
                + "5 would not be imported, 1 would fail."
        },
        {
            "ru", false, "4 создано, 1 связан, добавлено 2 номера, 21 ушёл",
            "Прочитано 1\u00a0234 сотрудника: 1\u00a0200 без изменений, 4 создано, 1 связан, добавлено 2 номера, 21 ушёл, "
                + "5 не импортированы, 1 с ошибкой."
        },
        {
            "ru", true, "4 будут созданы, 1 будет связан, будут добавлены 2 номера, 21 уйдёт",
            "Прочитано 1\u00a0234 сотрудника: 1\u00a0200 без изменений, 4 будут созданы, 1 будет связан, будут добавлены 2 номера, "
                + "21 уйдёт, 5 не будут импортированы, 1 с ошибкой."
        },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Run_ThatDidEverything_NamesEachPartInTheFormOfItsNumber(string language, bool isPreview, string changes, string sentence)
    {
        var run = Samples.Run(status: RunStatus.Succeeded) with { DryRun = isPreview, Counts = _all };

        Assert.Equal(changes, RunText.Changes(run, WebTexts.In(language)));
        Assert.Equal(sentence, RunText.Sentence(run, WebTexts.In(language)));
    }

    [Theory]
    [InlineData("en", 0, "0 people were read.")]
    [InlineData("en", 1, "1 person was read.")]
    [InlineData("ru", 0, "Прочитано 0 сотрудников.")]
    [InlineData("ru", 61, "Прочитан 61 сотрудник.")]
    public void Run_ThatEndedBeforeItDidAnything_SaysHowManyWereRead(string language, int users, string sentence)
    {
        var run = Samples.Run(status: RunStatus.Failed) with { Counts = new RunCounts { Users = users } };

        Assert.Equal("", RunText.Changes(run, WebTexts.In(language)));
        Assert.Equal(sentence, RunText.Sentence(run, WebTexts.In(language)));
    }

    [Fact]
    public void Shares_OfCounts_AreThoseOfTheSentenceWithoutBlanks()
    {
        Assert.Equal(
            [
                ("matched", 1_200), ("created", 4), ("linked", 1), ("phones", 2), ("left", 21), ("skipped", 5), ("failed", 1),
            ],
            RunText.Shares(_all).Select(share => (share.Name, share.Number)));
        Assert.Empty(RunText.Shares(new RunCounts { Users = 9 }));
    }
}

using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Tests.Connections.Credentials;

public sealed class CredentialsAtHandTests
{
    private readonly CredentialsAtHand _atHand = new();

    [Fact]
    public async Task Known_OfTheGenerationAtHand_IsNotRead_AndStaysKnown()
    {
        var credentials = Credentials(3);
        _atHand.Put("acme", credentials);

        // Without rows: whoever read them would fail.
        var known = new KnownCredentials("acme", rows: null!, _atHand);

        Assert.Same(credentials, await known.FindAsync(3));
        _atHand.Remove("acme");
        Assert.Same(credentials, await known.FindAsync(3));
    }

    [Fact]
    public void Find_AnotherGenerationOrAccount_OrNoneAskedFor_IsNotAtHand()
    {
        _atHand.Put("acme", Credentials(3));

        Assert.Null(_atHand.Find("acme", 4));
        Assert.Null(_atHand.Find("acme", null));
        Assert.Null(_atHand.Find("stark", 3));
        _atHand.Put("acme", Credentials(4));
        Assert.Null(_atHand.Find("acme", 3));
        _atHand.Remove("acme");
        Assert.Null(_atHand.Find("acme", 4));
    }

    private static AccountCredentials Credentials(long generation) => new(
        generation,
        generation,
        new Bitrix24Access
        {
            Edition = Bitrix24Edition.Cloud,
            DisplayAddress = "https://b.example",
            PortalKey = "b.example",
            IsOAuth = false,
        },
        new CallGearAccess { BaseUrl = "https://a.example" });
}

using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Tests.Connections.Bitrix24;

/// <summary>Renewed tokens are worth something only to the tokens they come from.</summary>
public sealed class Bitrix24ConnectionStateTests
{
    private static readonly AccountCredentials _entered = new(
        Generation: 5,
        TokensSince: 3,
        new Bitrix24Access
        {
            Edition = Bitrix24Edition.Cloud,
            DisplayAddress = "https://acme.example/rest/",
            PortalKey = "acme.example",
            IsOAuth = true,
            AccessToken = new ProtectedText("access"),
            RefreshToken = new ProtectedText("refresh"),
        },
        new CallGearAccess { BaseUrl = "https://dataapi.callgear.com/v2.0" });

    private static readonly Bitrix24ConnectionState _renewed =
        new() { TokensSince = 3, AccessToken = new ProtectedText("access-2"), RefreshToken = new ProtectedText("refresh-2") };

    [Fact]
    public void CurrentOf_NothingRenewed_IsWhatWasEntered() =>
        Assert.Equal(_entered.Bitrix24, new Bitrix24ConnectionState().CurrentOf(_entered));

    [Fact]
    public void CurrentOf_RenewedSinceTheyWereEntered_HasTheRenewedPair() => Assert.Equal(
        _entered.Bitrix24 with { AccessToken = _renewed.AccessToken, RefreshToken = _renewed.RefreshToken }, _renewed.CurrentOf(_entered));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void CurrentOf_PairOfOtherTokens_IsWhatWasEntered(long tokensSince) =>
        Assert.Equal(_entered.Bitrix24, (_renewed with { TokensSince = tokensSince }).CurrentOf(_entered));

    [Fact]
    public void CurrentOf_Webhook_HasNoTokens()
    {
        var webhook = _entered with { Bitrix24 = _entered.Bitrix24 with { IsOAuth = false, AccessToken = null, RefreshToken = null } };

        Assert.Equal(webhook.Bitrix24, _renewed.CurrentOf(webhook));
    }

    [Fact]
    public void Renewed_EndsTheDoubtAndReplacesThePairOfEarlierTokens()
    {
        var earlier = _renewed with { TokensSince = 2, IsRenewalDoubtful = true };

        Assert.Equal(_renewed, earlier.Renewed(_entered, _renewed.AccessToken!, _renewed.RefreshToken!));
    }

    [Fact]
    public void Renewed_TokensEnteredLaterWereRenewed_KeepsThose()
    {
        var later = _renewed with { TokensSince = 4 };

        Assert.Same(later, later.Renewed(_entered, new ProtectedText("access-3"), new ProtectedText("refresh-3")));
    }

    [Fact]
    public void Doubted_IsOfTheTokensItWasNotedForAlone()
    {
        var doubted = (_renewed with { TokensSince = 2 }).Doubted(_entered, _entered.Bitrix24.RefreshToken!);

        Assert.Equal(new Bitrix24ConnectionState { TokensSince = 3, IsRenewalDoubtful = true }, doubted);
        Assert.True(doubted.IsDoubtful(_entered));
        Assert.False(doubted.IsDoubtful(_entered with { TokensSince = 4 }));
    }

    [Fact]
    public void Doubted_OfTheRenewedPair_KeepsIt() =>
        Assert.Equal(_renewed with { IsRenewalDoubtful = true }, _renewed.Doubted(_entered, _renewed.RefreshToken!));

    [Fact]
    public void Doubted_TokenIsNotTheCurrentOne_ChangesNothing() =>
        Assert.Same(_renewed, _renewed.Doubted(_entered, _entered.Bitrix24.RefreshToken!));
}
